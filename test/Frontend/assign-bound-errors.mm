// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

wasm:opcode:i32.store:before {
  // CHECK: :[[@LINE+1]]:3: error: 'addr' is another name for 'arg1' and cannot be assigned; assign 'arg1' instead{{$}}
  addr = 1;
  // CHECK: :[[@LINE+1]]:3: error: 'effective_addr' is computed from other values and cannot be assigned{{$}}
  effective_addr++;
  // CHECK: :[[@LINE+1]]:3: error: 'fid' is static and cannot be assigned{{$}}
  fid = 1;
  // CHECK: :[[@LINE+1]]:3: error: 'offset' is static and cannot be assigned{{$}}
  offset = 1;
  // CHECK: :[[@LINE+1]]:10: error: the value of 'arg0' has to be of type 'i32', but this is 'u32'; cast it with 'as i32'{{$}}
  arg0 = fid;
  // CHECK: :[[@LINE+1]]:3: error: 'local0' needs a type bound: write '(local0: T)' behind a part of the rule{{$}}
  local0 = 1;
}
// CHECK: :[[@LINE+1]]:33: error: 'tid' is another name for 'imm0' and cannot be assigned{{$}}
wasm:opcode:struct.new:before { tid = 1; }
// CHECK: :[[@LINE+1]]:31: error: 'res0' is available in 'after' probes only{{$}}
wasm:opcode:i32.load:before { res0 = 1; }
// CHECK: :[[@LINE+1]]:26: error: 'imm0' is part of the instruction and can be assigned in 'before' probes only{{$}}
wasm:opcode:call:after { imm0 = 1; }
// CHECK: :[[@LINE+1]]:43: error: 'imm0' is part of the instruction and cannot be assigned under an 'if'; put the condition into the predicate{{$}}
wasm:opcode:call:before { if (fid == 1) { imm0 = 1; } }
// CHECK: :[[@LINE+1]]:35: error: 'imm0' is part of the instruction; its new value has to be known before the program runs{{$}}
wasm:opcode:br_if:before { imm0 = arg0; }
// CHECK: :[[@LINE+1]]:15: error: 'APP_MEMID' is static and cannot be assigned{{$}}
wasm:report { APP_MEMID = 1; }
