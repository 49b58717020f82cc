/**
 * The code generator: typed units and their image to one WebAssembly module.
 *
 * See compiled-program.ts for what the module imports and exports.
 */
import { invariant } from '../../base/assert.ts';
import { hexAddress } from '../../base/address.ts';
import type { CodeMap } from '../image/code-size.ts';
import type { FrameLayout, Realignment } from '../image/frame.ts';
import type { LinkedProgram } from '../image/link.ts';
import { visitCalls } from '../image/call-walk.ts';
import { operandsOf, walkStatement } from '../image/tree-walk.ts';
import { rewriteLibraryCall } from '../sema/library-call-rewrite.ts';
import type { CompileOptions } from '../sema/placement.ts';
import { sizeOf } from '../sema/type-relations.ts';
import type {
  FunctionSymbol,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
  TypedUnit,
} from '../sema/typed-tree.ts';
import type { QualType } from '../sema/type.ts';
import { libcObjects } from '../target/libc-objects.ts';
import type { Span } from '../source/text-span.ts';
import { calledFunction, signatureOf } from './call.ts';
import { VARIADIC_CALL } from './compiled-program.ts';
import type {
  CodegenInputs,
  CompiledFunction,
  CompiledProgram,
  ExternalFunction,
  FrameVariable,
  WasmType,
} from './compiled-program.ts';
import { functionsEnteredOnce } from './entered-once.ts';
import { importFloatOperations, seesFloatEnvironment } from './float-operations.ts';
import { generateFunction } from './function.ts';
import { importObservation, observedHelper } from './observation.ts';
import { importedSignature, passesExtended, wrapImport } from './extended-imports.ts';
import type { TargetName } from '../target/data-model.ts';
import { pointerType } from './program-state.ts';
import type { Callee, ProgramState, RuntimeGlobals, RuntimeImports } from './program-state.ts';
import { importOfTarget } from './library-call.ts';
import { mayMissReturn } from './missing-return.ts';
import { mayOverflow } from './moved-frame.ts';
import { keepsMask, makeJump } from './nonlocal-jump.ts';
import { makeAdapter } from './register-value.ts';
import { makeHelper } from './runtime-helpers.ts';
import { startLimit } from './start-limits.ts';
import { stopSlot } from './stop-registers.ts';
import { SUSPENSION_IMPORTS, SWITCH_RUNNING, importSuspension, makeSuspendable } from './suspendable.ts';
import { WasmModule } from './wasm-module.ts';

interface OwnFunction {
  readonly fn: TypedFunction;
  readonly unit: number;
  readonly exportName: string;
  /** A weak definition that gives way to another file's. */
  readonly isOverridden: boolean;
  functionIndex: number;
  tableIndex: number;
}

/** Compiles a linked program. */
export function generate(
  units: readonly TypedUnit[],
  linked: LinkedProgram,
  frames: ReadonlyMap<TypedFunction, FrameLayout>,
  options: CompileOptions,
  inputs: CodegenInputs,
): CompiledProgram {
  const pointer = pointerType(options.target);
  const module = new WasmModule('env');
  module.importMemory();
  const imports = importRuntime(module);
  const stop =
    inputs.stopAt === undefined
      ? undefined
      : {
          isAt: inputs.stopAt,
          functionIndex: module.importFunction('stop_here', { parameters: ['i32'], result: undefined }),
        };
  const observed = inputs.observe === undefined ? undefined : importObservation(module, inputs.observe);
  const isSuspendable = inputs.isSuspendable ?? refersTo(units, ['pthread_create', 'thrd_create']);
  const hasSignalStack = refersTo(units, ['sigaltstack']);
  const suspension = isSuspendable ? importSuspension(module) : undefined;
  const floats = seesFloatEnvironment(units) ? importFloatOperations(module) : undefined;
  const importCount =
    imports.count +
    (stop === undefined ? 0 : 1) +
    (observed?.count ?? 0) +
    (suspension === undefined ? 0 : SUSPENSION_IMPORTS) +
    (floats?.count ?? 0);
  const own = ownFunctions(units, linked);
  const definitions = new Map(
    own.filter((one) => !one.isOverridden).map((one) => [definitionKey(one.fn.symbol, one.unit), one]),
  );
  const externals: ExternalFunction[] = [];
  const externalCallees = new Map<string, Callee>();
  const callees = new Map<FunctionSymbol, Callee>();
  const noPrototype = callsWithoutPrototype(units);

  units.forEach((unit, unitIndex) => {
    for (const symbol of unit.functionSymbols) {
      const { weakref, asmLabel, isWeak } = symbol.attributes;
      const name = weakref ?? asmLabel ?? symbol.name;
      if (findDefinition(definitions, symbol, unitIndex) !== undefined || !symbol.isReferenced) continue;
      if (symbol.attributes.resolver !== undefined) continue;
      let callee = externalCallees.get(name);
      if (callee === undefined) {
        const parameters = symbol.type.hasPrototype ? symbol.type.parameters : (noPrototype.get(name) ?? []);
        const isListed = symbol.type.isVariadic || !symbol.type.hasPrototype;
        const type = { ...symbol.type, isVariadic: isListed };
        const signature = signatureOf(pointer, type, parameters);
        const external: ExternalFunction = {
          name,
          parameters: signature.parameters,
          result: signature.result,
          isVariadic: isListed,
          ...(symbol.type.hasPrototype ? {} : { listsAll: true }),
          isWeak: isWeak === true || weakref !== undefined,
          tableIndex: 0,
          signature: module.typeIndex(signature) | (isListed ? VARIADIC_CALL : 0),
        };
        externals.push(external);
        const functionIndex = module.importFunction(functionName(name), importedSignature(signature));
        callee = { functionIndex, symbol: undefined, external, type, parameters };
        externalCallees.set(name, callee);
      }
      callees.set(symbol, callee);
    }
  });

  const rewriteTargets = new Map<string, number>();
  for (const fn of units.flatMap((unit) => unit.functions)) {
    visitCalls(fn, (call, isUsed) => {
      const name = keepsMask(call) ? 'sigprocmask' : rewriteLibraryCall(call, isUsed)?.callee;
      if (name === undefined || rewriteTargets.has(name)) return;
      const known = externalCallees.get(name);
      const target = importOfTarget(name, pointer);
      if (known !== undefined) rewriteTargets.set(name, known.functionIndex);
      else if (target !== undefined) {
        externals.push({ ...target, isWeak: false, tableIndex: 0, signature: module.typeIndex(target) });
        rewriteTargets.set(
          name,
          module.importFunction(functionName(name), {
            parameters: target.parameters,
            result: target.result,
          }),
        );
      }
    });
  }

  const isGuarded = own.some((one) => frames.get(one.fn)?.guard !== undefined);
  const stackCheckFail = isGuarded ? importStackCheck(module, externals, externalCallees) : undefined;

  const objectNames = externalObjects(units, linked);
  const addressNames = new Set([...externalAddresses(units, callees), ...objectNames]);
  const stackAddend = module.importGlobal('stack_addend', 'i32', isSuspendable || hasSignalStack);
  const threadPointer = module.importGlobal('thread_pointer', pointer, isSuspendable);
  const externalAddressGlobals = new Map<string, number>();
  for (const name of addressNames) {
    externalAddressGlobals.set(name, module.importGlobal(`address:${name}`, 'i64', false));
  }
  const globals: RuntimeGlobals = {
    stackAddend,
    threadPointer,
    sp: module.addGlobal('i64', true, 0),
    fp: module.addGlobal('i64', true, 0),
    returnAddress: module.addGlobal('i64', true, 0),
    staticChain: module.addGlobal('i64', true, 0),
    fuel: module.addGlobal('i64', true, Number.MAX_SAFE_INTEGER),
    // Nowhere, until a function is entered.
    position: module.addGlobal('i32', true, -1),
    missingResult: module.addGlobal('i32', true, 0),
  };
  module.addExport('sp', 'global', globals.sp);
  module.addExport('fp', 'global', globals.fp);
  module.addExport('return_address', 'global', globals.returnAddress);
  module.addExport('static_chain', 'global', globals.staticChain);
  module.addExport('fuel', 'global', globals.fuel);
  module.addExport('position', 'global', globals.position);
  module.addExport('table', 'table', 0);

  const wrapped = new Map<number, number>();
  const withTable = externals.map((external, index) => {
    const imported = importCount + index;
    const standing = passesExtended(external)
      ? wrapImport(module, external.name, external, imported)
      : imported;
    wrapped.set(imported, standing);
    return { ...external, tableIndex: module.addToTable(standing) };
  });
  for (const [symbol, callee] of callees)
    callees.set(symbol, {
      ...callee,
      functionIndex: wrapped.get(callee.functionIndex) ?? callee.functionIndex,
    });
  for (const one of own) {
    const { symbol } = one.fn;
    one.functionIndex = module.declareFunction(
      symbol.name,
      signatureOf(
        pointer,
        symbol.type,
        one.fn.parameters.map((parameter) => parameter.type),
      ),
    );
    one.tableIndex = module.addToTable(one.functionIndex);
    module.addExport(one.exportName, 'function', one.functionIndex);
  }
  units.forEach((unit, unitIndex) => {
    const nested = unit.functions.flatMap(({ symbol }) => (symbol.enclosing === undefined ? [] : [symbol]));
    for (const symbol of [...unit.functionSymbols, ...nested]) {
      const definition = findDefinition(definitions, symbol, unitIndex);
      if (definition === undefined) continue;
      callees.set(symbol, {
        functionIndex: definition.functionIndex,
        symbol: definition.fn.symbol,
        external: undefined,
        type: definition.fn.symbol.type,
        parameters: definition.fn.parameters.map((parameter) => parameter.type),
      });
    }
  });

  const resolved: { readonly name: string; readonly resolver: string }[] = [];
  const resolvedGlobals = new Map<FunctionSymbol, number>();
  units.forEach((unit, unitIndex) => {
    for (const symbol of unit.functionSymbols) {
      const { resolver } = symbol.attributes;
      const found = definitions.get(`${unitIndex}:${resolver}`) ?? definitions.get(resolver ?? '');
      if (resolver === undefined || found === undefined) continue;
      const index = module.addGlobal('i64', true, 0);
      module.addExport(`resolved:${symbol.name}`, 'global', index);
      resolvedGlobals.set(symbol, index);
      resolved.push({ name: symbol.name, resolver: found.exportName });
    }
  });

  const observation = observed?.finish();
  const helpers = new Map<string, number>();
  const helper = (name: string): number => {
    const known = helpers.get(name);
    if (known !== undefined) return known;
    const plain = makeHelper({ module, pointer, imports: imports.functions, globals, helper }, name);
    const index = observedHelper(module, pointer, observation, name, plain);
    helpers.set(name, index);
    return index;
  };
  const resultGlobals = new Map<WasmType, number>();
  const resultGlobal = (type: WasmType): number => {
    const index = resultGlobals.get(type) ?? module.addGlobal(type, true, 0);
    resultGlobals.set(type, index);
    return index;
  };
  const program: ProgramState = {
    target: options.target,
    pointer,
    wordBytes: pointer === 'i64' ? 8 : 4,
    options,
    module,
    imports: imports.functions,
    globals,
    linked,
    loadBias: inputs.loadBias,
    callees,
    rewriteTargets,
    externalAddressGlobals,
    resolvedGlobals,
    positions: [],
    stop,
    observation,
    floats,
    callSites: [],
    unsupported: [],
    startLimit: startLimit(units),
    stackCheckFail,
    indirectTypes: new Set(),
    overflowing: new Set(own.filter((one) => mayOverflow(one.fn)).map((one) => one.fn.symbol)),
    enteredOnce: functionsEnteredOnce(
      units.map((unit) => unit.functions),
      (symbol, unit) => findDefinition(definitions, symbol, unit)?.fn,
    ),
    missingReturns: new Set(
      own.filter((one) => mayMissReturn(one.fn, pointer === 'i64' ? 8 : 4)).map((one) => one.fn.symbol),
    ),
    resultGlobal,
    helper,
  };
  const functions: (CompiledFunction & { readonly adapters: Map<number, number> })[] = [];
  own.forEach((one, index) => {
    const frame = frames.get(one.fn);
    const codeMap = linked.codeMaps.get(one.fn) ?? inlinedCode;
    invariant(frame !== undefined, `${one.fn.symbol.name} has a frame`);
    generateFunction(program, { fn: one.fn, frame, codeMap, index, functionIndex: one.functionIndex });
    functions.push({
      name: one.fn.symbol.name,
      exportName: one.exportName,
      addr: codeMap.addr,
      size: codeMap.size,
      span: one.fn.span,
      frameSize: frame.frameSize,
      realignment: realignmentOf(options.target, one.fn, frame),
      variables: frameVariables(one.fn, frame),
      registers: [...frame.registers].map((object) => ({
        name: object.name,
        span: object.span,
        size: sizeOf(object.type.type) ?? 0,
        slot: stopSlot(frame.registers, object),
      })),
      tableIndex: one.tableIndex,
      signature: module.typeIndex(
        signatureOf(
          pointer,
          one.fn.symbol.type,
          one.fn.parameters.map((parameter) => parameter.type),
        ),
      ),
      isVariadic: one.fn.symbol.type.isVariadic,
      adapters: new Map(),
    });
  });
  const addressed = addressedFunctions(units, (symbol, unit) => findDefinition(definitions, symbol, unit));
  own.forEach((one, index) => {
    const compiled = functions[index];
    if (compiled === undefined || one.fn.symbol.type.isVariadic || !addressed.has(one)) return;
    for (const type of program.indirectTypes) {
      const [called, signature] = [module.signatures[type], module.signatures[compiled.signature]];
      if (type === compiled.signature || called === undefined || signature === undefined) continue;
      // On i386 arguments of one word each lie at the same places whatever the type; others are not modelled.
      const isByWords = [...called.parameters, ...signature.parameters].every((one) => one === 'i32');
      if (options.target === 'i386' && !isByWords) continue;
      const adapter = makeAdapter(module, called, {
        ...compiled,
        functionIndex: one.functionIndex,
        signature,
      });
      compiled.adapters.set(type, module.addToTable(adapter));
    }
  });
  if (suspension !== undefined) {
    const state = module.addGlobal('i32', true, SWITCH_RUNNING);
    module.addExport('switch_state', 'global', state);
    module.addExport('jump', 'function', makeJump(module));
    makeSuspendable(
      module,
      { ...suspension, state },
      (name) => name === 'fuel_out' || name.startsWith(functionName('')),
    );
  }
  return {
    target: options.target,
    isSuspendable,
    hasSignalStack,
    seesFloatEnvironment: floats !== undefined,
    wasm: module.finish(),
    externals: withTable,
    externalAddresses: [...addressNames],
    externalObjects: [...objectNames],
    signatures: module.signatures,
    functions,
    positions: program.positions,
    callSites: [...program.callSites].sort((a, b) => a.returnAddress - b.returnAddress),
    unsupported: program.unsupported,
    resolved,
    constructors: byPriority(own, (one) => one.fn.symbol.attributes.constructorPriority),
    destructors: byPriority(own, (one) => one.fn.symbol.attributes.destructorPriority).reverse(),
  };
}

/** How views find what a function accesses: on i386 only main aligns its frame before it sets the frame pointer. */
function realignmentOf(
  target: TargetName,
  { symbol }: TypedFunction,
  { realignment }: FrameLayout,
): Realignment | undefined {
  const isTold = target === 'x86_64' || (symbol.name === 'main' && realignment?.kind === 'argument-pointer');
  return isTold ? realignment : undefined;
}

/** Whether a program may start threads: it names a function that does, to call it or for its address. */
function refersTo(units: readonly TypedUnit[], names: readonly string[]): boolean {
  return units.some((unit) =>
    unit.functionSymbols.some(({ name, isReferenced }) => isReferenced && names.includes(name)),
  );
}

/** Functions that gcc inlines everywhere have no code of their own. */
const inlinedCode: CodeMap = { addr: 0, size: 0, returnAddress: () => 0 };

function importRuntime(module: WasmModule): { readonly functions: RuntimeImports; readonly count: number } {
  const access = { parameters: ['i32', 'i32', 'i32'], result: 'i32' } as const;
  const functions: RuntimeImports = {
    readSlow: module.importFunction('read_slow', access),
    writeSlow: module.importFunction('write_slow', access),
    writeCommit: module.importFunction('write_commit', {
      parameters: ['i32', 'i32', 'i32'],
      result: undefined,
    }),
    fuelOut: module.importFunction('fuel_out', { parameters: [], result: undefined }),
    divideError: module.importFunction('divide_error', { parameters: [], result: undefined }),
    trap: module.importFunction('trap', { parameters: [], result: undefined }),
    unsupported: module.importFunction('unsupported', { parameters: ['i32'], result: undefined }),
    indirect: module.importFunction('indirect', access),
    divideWide: module.importFunction('divide_wide', {
      parameters: ['i32', 'i64', 'i64', 'i64', 'i64'],
      result: undefined,
    }),
    complexOperation: module.importFunction('complex_operation', {
      parameters: ['i32', 'f64', 'f64', 'f64', 'f64'],
      result: undefined,
    }),
    wideToFloat: module.importFunction('wide_to_float', { parameters: ['i32', 'i64', 'i64'], result: 'f64' }),
    floatToWide: module.importFunction('float_to_wide', { parameters: ['i32', 'f64'], result: undefined }),
    extendedOperation: module.importFunction('extended_operation', {
      parameters: ['i32'],
      result: undefined,
    }),
    frameSmashed: module.importFunction('frame_smashed', {
      parameters: ['i32', 'i64', 'i64', 'i64', 'i64'],
      result: undefined,
    }),
    frameMoved: module.importFunction('frame_moved', { parameters: ['i64', 'i32'], result: 'i32' }),
  };
  return { functions, count: Object.keys(functions).length };
}

/** The function that a function with a broken guard calls. */
function importStackCheck(
  module: WasmModule,
  externals: ExternalFunction[],
  known: ReadonlyMap<string, Callee>,
): number {
  const name = '__stack_chk_fail';
  const declared = known.get(name);
  if (declared !== undefined) return declared.functionIndex;
  externals.push({
    name,
    parameters: [],
    result: undefined,
    isVariadic: false,
    isWeak: false,
    tableIndex: 0,
    signature: module.typeIndex({ parameters: [], result: undefined }),
  });
  return module.importFunction(functionName(name), { parameters: [], result: undefined });
}

/** Name of a C function in the module: a program may call its functions `fp` or `trap`, as the runtime calls its own. */
function functionName(name: string): string {
  return `function:${name}`;
}

/** Static and overridden functions of different files may have one name; they are exported as `function:file:name`. */
function ownFunctions(units: readonly TypedUnit[], linked: LinkedProgram): OwnFunction[] {
  const all: OwnFunction[] = [];
  const chosen = chosenDefinitions(units);
  units.forEach((unit, index) => {
    for (const fn of unit.functions) {
      const { symbol } = fn;
      // What is always inlined has no address; it runs as a function of its own all the same.
      if (linked.addressOf(symbol) === undefined && symbol.attributes.isAlwaysInline !== true) continue;
      const isOverridden = symbol.linkage === 'external' && chosen.get(symbol.name) !== symbol;
      all.push({
        fn,
        unit: index,
        isOverridden,
        exportName:
          symbol.linkage === 'internal' || isOverridden
            ? functionName(
                `${linked.unitNames[index] ?? hexAddress(index)}:${linked.symbolOf(symbol) ?? symbol.name}`,
              )
            : functionName(symbol.name),
        functionIndex: 0,
        tableIndex: 0,
      });
    }
  });
  return all;
}

/** The definition that ld takes for each external name: the one that is not weak, else the first. */
function chosenDefinitions(units: readonly TypedUnit[]): ReadonlyMap<string, FunctionSymbol> {
  const chosen = new Map<string, FunctionSymbol>();
  for (const { symbol } of units.flatMap((unit) => unit.functions)) {
    if (symbol.linkage !== 'external') continue;
    const before = chosen.get(symbol.name);
    const gives = before?.attributes.isWeak === true && symbol.attributes.isWeak !== true;
    if (before === undefined || gives) chosen.set(symbol.name, symbol);
  }
  return chosen;
}

function definitionKey(symbol: FunctionSymbol, unit: number): string {
  if (symbol.enclosing !== undefined) return `${unit}:${symbol.name}.${symbol.id}`;
  return symbol.linkage === 'internal' ? `${unit}:${symbol.name}` : symbol.name;
}

function findDefinition(
  definitions: ReadonlyMap<string, OwnFunction>,
  symbol: FunctionSymbol,
  unit: number,
): OwnFunction | undefined {
  const direct = definitions.get(definitionKey(symbol, unit));
  const { alias } = symbol.attributes;
  if (direct !== undefined || alias === undefined) return direct;
  return definitions.get(alias) ?? definitions.get(`${unit}:${alias}`);
}

/** Argument types of the first call of each function that is declared without a prototype. */
function callsWithoutPrototype(units: readonly TypedUnit[]): ReadonlyMap<string, readonly QualType[]> {
  const found = new Map<string, readonly QualType[]>();
  for (const unit of units) {
    for (const fn of unit.functions) {
      walkStatement(fn.body, {
        expression: (expression) => {
          if (expression.kind !== 'call') return;
          const symbol = calledFunction(expression);
          if (symbol === undefined || symbol.type.hasPrototype || found.has(symbol.name)) return;
          found.set(
            symbol.name,
            expression.args.map((argument) => argument.type),
          );
        },
      });
    }
  }
  return found;
}

/** Functions of the program whose address is used for something else than a direct call. */
function addressedFunctions(
  units: readonly TypedUnit[],
  definitionOf: (symbol: FunctionSymbol, unit: number) => OwnFunction | undefined,
): ReadonlySet<OwnFunction> {
  const found = new Set<OwnFunction>();
  units.forEach((unit, index) => {
    const add = (symbol: FunctionSymbol): void => {
      const own = definitionOf(symbol, index);
      if (own !== undefined) found.add(own);
    };
    const addInitial = (object: ObjectSymbol): void => {
      for (const { constant } of object.initializer?.entries ?? []) {
        if (constant?.kind === 'address' && 'kind' in constant.base && constant.base.kind === 'function')
          add(constant.base);
      }
    };
    for (const object of [...unit.objects, ...unit.literalObjects]) addInitial(object);
    for (const fn of unit.functions) {
      for (const object of fn.staticLocals) addInitial(object);
      for (const trampoline of fn.nesting?.frame?.trampolines ?? []) add(trampoline.function);
      const callees = new Set<TypedExpression>();
      walkStatement(fn.body, {
        expression: (expression) => {
          if (expression.kind === 'call') callees.add(expression.callee);
          if (expression.kind === 'function' && !callees.has(expression)) add(expression.function);
        },
      });
    }
  });
  return found;
}

/** Names of libc's objects that the program uses in place, without a copy of its own. */
function externalObjects(units: readonly TypedUnit[], linked: LinkedProgram): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (expression: TypedExpression): void => {
    if (expression.kind !== 'object' || !libcObjects.has(expression.object.name)) return;
    if (linked.addressOf(expression.object) === undefined) names.add(expression.object.name);
  };
  for (const fn of units.flatMap((unit) => unit.functions)) {
    walkStatement(fn.body, { expression: visit, statement: () => undefined });
  }
  return names;
}

/** Functions of libc whose address the code uses other than to call them. */
function externalAddresses(
  units: readonly TypedUnit[],
  callees: ReadonlyMap<FunctionSymbol, Callee>,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const unit of units) {
    for (const fn of unit.functions) {
      walkStatement(fn.body, {
        expression: (expression) => {
          const operands = operandsOf(expression);
          for (const [index, operand] of operands.entries()) {
            if (operand.kind !== 'function') continue;
            const external = callees.get(operand.function)?.external;
            if (external === undefined) continue;
            if (expression.kind === 'call' && index === 0) continue;
            names.add(external.name);
          }
        },
        statement: (statement) => {
          if (statement.kind !== 'declare') return;
          for (const entry of statement.initializer?.entries ?? []) {
            const value = entry.value;
            if (value.kind === 'function') names.add(value.function.name);
          }
        },
      });
    }
  }
  return names;
}

function byPriority(
  functions: readonly OwnFunction[],
  priority: (one: OwnFunction) => number | undefined,
): string[] {
  return functions
    .filter((one) => priority(one) !== undefined)
    .sort((a, b) => (priority(a) ?? 0) - (priority(b) ?? 0))
    .map((one) => one.exportName);
}

/** The variables of a frame with the parts of the text where their names are visible. */
function frameVariables(fn: TypedFunction, frame: FrameLayout): FrameVariable[] {
  const scopes = new Map<ObjectSymbol, Span>();
  collectScopes(fn.body, scopes);
  const variables: FrameVariable[] = [];
  const { frame: shared, chain } = fn.nesting ?? {};
  for (const [object, offset] of frame.offsets) {
    if (object === shared?.object || object === chain) continue;
    const scope = scopes.get(object) ?? fn.body.span;
    variables.push({
      name: object.name,
      type: object.type,
      isParameter: object.isParameter,
      offset,
      size: sizeOf(object.type.type) ?? 0,
      span: object.span,
      scope: object.isParameter ? scope : { file: scope.file, start: object.span.start, end: scope.end },
    });
  }
  return variables;
}

function collectScopes(statement: TypedStatement, scopes: Map<ObjectSymbol, Span>): void {
  switch (statement.kind) {
    case 'block':
      addScope(statement, scopes);
      for (const inner of statement.statements) collectScopes(inner, scopes);
      return;
    case 'for':
      for (const object of statement.objects) scopes.set(object, statement.span);
      collectScopes(statement.body, scopes);
      return;
    case 'if':
      collectScopes(statement.then, scopes);
      if (statement.otherwise !== undefined) collectScopes(statement.otherwise, scopes);
      return;
    case 'while':
    case 'do':
    case 'switch':
    case 'case':
    case 'default':
    case 'label':
      collectScopes(statement.body, scopes);
      return;
    default:
      return;
  }
}

function addScope(block: TypedBlock, scopes: Map<ObjectSymbol, Span>): void {
  for (const object of block.objects) scopes.set(object, block.span);
}
