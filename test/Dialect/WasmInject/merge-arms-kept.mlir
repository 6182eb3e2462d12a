// Arms that differ in more than offsets are left to wasm-inject-merge-arms as they
// are, and nothing else is touched.
// RUN: whamm-opt %s -o %t.expected
// RUN: whamm-opt %s -wasm-inject-merge-arms | diff %t.expected -

wasm_inject.import @get from "m" "get" : (i32) -> i32
wasm_inject.import @put from "m" "put" : (i32) -> i32
wasm_inject.state @n : ui32 program name "n" script 0

wasm_inject.function @bases -> [] {
^bb0(%r: i32, %s: i32, %c: i1, %v: i32):
  scf.if %c {
    wasm_inject.store %r[0], %v : i32
  } else {
    wasm_inject.store %s[8], %v : i32
  }
}

wasm_inject.function @distances -> [] {
^bb0(%r: i32, %c: i1):
  scf.if %c {
    %v = wasm_inject.load %r[0] : i32
    wasm_inject.store %r[4], %v : i32
  } else {
    %v = wasm_inject.load %r[8] : i32
    wasm_inject.store %r[8], %v : i32
  }
}

wasm_inject.function @constants -> [] {
^bb0(%r: i32, %c: i1):
  scf.if %c {
    %v = arith.constant 1 : i32
    wasm_inject.store %r[0], %v : i32
  } else {
    %v = arith.constant 2 : i32
    wasm_inject.store %r[8], %v : i32
  }
}

wasm_inject.function @operands -> [] {
^bb0(%r: i32, %c: i1, %v: i32, %w: i32):
  scf.if %c {
    wasm_inject.store %r[0], %v : i32
  } else {
    wasm_inject.store %r[8], %w : i32
  }
}

wasm_inject.function @types -> [] {
^bb0(%r: i32, %s: i32, %c: i1):
  scf.if %c {
    %v = wasm_inject.load %r[0] : i32
  } else {
    %v = wasm_inject.load %r[8] : f32
  }
}

wasm_inject.function @order -> [] {
^bb0(%r: i32, %s: i32, %c: i1, %v: i32):
  scf.if %c {
    wasm_inject.store %r[0], %v : i32
    wasm_inject.store %s[0], %v : i32
  } else {
    wasm_inject.store %s[0], %v : i32
    wasm_inject.store %r[8], %v : i32
  }
}

wasm_inject.function @calls -> [] {
^bb0(%c: i1, %v: i32):
  scf.if %c {
    %g = wasm_inject.call @get(%v) : (i32) -> i32
  } else {
    %g = wasm_inject.call @put(%v) : (i32) -> i32
  }
}

wasm_inject.function @trap -> [] {
^bb0(%r: i32, %c: i1, %v: i32):
  scf.if %c {
    wasm_inject.store %r[0], %v : i32
  } else {
    wasm_inject.store %r[8], %v : i32
    wasm_inject.trap
  }
}

wasm_inject.function @signedness -> [] {
^bb0(%r: i32, %c: i1, %v: i32):
  scf.if %c {
    %d = wasm_inject.div signed %v, %v : i32
    wasm_inject.store %r[0], %d : i32
  } else {
    %d = wasm_inject.div %v, %v : i32
    wasm_inject.store %r[8], %d : i32
  }
}

wasm_inject.function @no_else -> [] {
^bb0(%r: i32, %c: i1, %v: i32):
  scf.if %c {
    wasm_inject.store %r[0], %v : i32
  }
}

wasm_inject.function @results -> [i32] {
^bb0(%c: i1, %v: i32, %w: i32):
  %result = scf.if %c -> i32 {
    wasm_inject.state_set @n, %v : i32
    scf.yield %v : i32
  } else {
    wasm_inject.state_set @n, %v : i32
    scf.yield %w : i32
  }
  wasm_inject.return %result : i32
}

wasm_inject.function @conditions -> [] {
^bb0(%r: i32, %c: i1, %d: i1, %v: i32):
  scf.if %c {
    scf.if %c {
      wasm_inject.store %r[0], %v : i32
    }
  } else {
    scf.if %d {
      wasm_inject.store %r[8], %v : i32
    }
  }
}

wasm_inject.function @inner_else -> [] {
^bb0(%r: i32, %c: i1, %d: i1, %v: i32, %w: i32):
  scf.if %c {
    scf.if %d {
      wasm_inject.store %r[0], %v : i32
    }
  } else {
    scf.if %d {
      wasm_inject.store %r[8], %v : i32
    } else {
      wasm_inject.store %r[8], %w : i32
    }
  }
}
