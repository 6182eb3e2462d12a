use toggle;
var x: i32;
toggle.set(3);
x = @static toggle.get();

wasm:opcode:call:before / fid == 3 && @static toggle.get() == 1 / {
  unshared var a: i32 = toggle.get();
  @init toggle.set(fid as i32);
  unshared var b: i32 = 4;
  toggle.get();
  x = fid == 2 ? @static toggle.get() : a + b;
}
wasm:begin { x = 1; }
wasm:end { x = 2; }
wasm:report { x = 3; }
