/**
 * Function definitions (C17 6.9.1): parameters, K&R ones among them, and bodies; nested functions (GNU).
 */
import { isC90 } from '../target/dialect.ts';
import type { Span } from '../source/text-span.ts';
import type { FunctionDefinition } from '../syntax/ast.ts';
import { promoteConstantLocals } from './constant-locals.ts';
import { checkDeclarationAttributes } from './attribute-checks.ts';
import { collectAttributes } from './attributes.ts';
import type { FunctionState, Mutable, SemaContext } from './context.ts';
import { declareFunction, declareNestedFunction, symbolAttributes } from './declarations.ts';
import type { Declared } from './declarations.ts';
import { adjustedParameter, buildDeclarator, isUsableParameter } from './declarators.ts';
import type { BuiltDeclarator, ParameterScope } from './declarators.ts';
import { analyzeSpecifiers } from './specifiers.ts';
import { functionBody } from './statements.ts';
import { checkJumps } from './jumps.ts';
import { lowerNestedFunctions } from './nested-functions.ts';
import { newObject } from './symbols.ts';
import { asFunction, isVoid, resolve } from './type-relations.ts';
import type { FunctionType, QualType } from './type.ts';
import type {
  FunctionSymbol,
  ObjectSymbol,
  TypedBlock,
  TypedFunction,
  TypedStatement,
} from './typed-tree.ts';

/** Analyses a function definition (C17 6.9.1). */
export function analyzeFunctionDefinition(ctx: SemaContext, node: FunctionDefinition): void {
  const specified = analyzeSpecifiers(ctx, node.specifiers);
  const parsed = collectAttributes(ctx, node.specifiers.attributes, node.attributes);
  const built = buildDeclarator(ctx, node.declarator, specified.type, 'declaration');
  const { name } = built;
  const type = asFunction(built.type.type);
  if (name === undefined || type === undefined || built.parameterScope === undefined) {
    analyzeBrokenDefinition(ctx, node);
    return;
  }
  if (node.specifiers.types.length === 0 && !isC90(ctx.dialect))
    ctx.warning('implicit-int-result', name.span, { name: name.name });
  const scope = built.parameterScope;
  const declared: Declared = {
    name: name.name,
    span: name.span,
    type: definitionType(ctx, built, keptVoid(ctx, name.name, type, node), scope, node),
    specified,
    attributes: symbolAttributes(ctx, parsed, specified, undefined),
    parsed,
  };
  const { storage } = specified;
  if (storage === 'typedef' || storage === 'register')
    ctx.error('function-definition-storage', name.span, { word: storage });
  checkDeclarationAttributes(ctx, declared, node.specifiers.attributes, node.attributes);
  const symbol = declareFunction(ctx, declared, true);
  const isFirst = !symbol.isDefined;
  symbol.isDefined = true;
  if (isFirst) symbol.span = name.span;
  const definedType = asFunction(declared.type.type) ?? type;
  if (!isVoid(definedType.result.type) && !isUsableParameter(definedType.result.type)) {
    ctx.error('incomplete-result', name.span, { type: ctx.spell(definedType.result) });
  }
  if (name.name === 'main') checkMainResult(ctx, definedType, name.span);
  ctx.bodyWatcher?.enterBody({ symbol, type: definedType, scope, node });
  defineFunction(ctx, symbol, definedType, scope, node);
  ctx.bodyWatcher?.leaveBody();
}

/**
 * Where main gives back no integer, the status of the process is whatever the code leaves in eax (C17 5.1.2.2.3 says only
 * that it is unspecified), which is not followed. A record would be taken for the status by its first register.
 */
function checkMainResult(ctx: SemaContext, { result }: FunctionType, span: Span): void {
  const { kind } = resolve(result.type);
  if (kind === 'void' || kind === 'float' || kind === 'complex' || kind === 'vector')
    ctx.unsupported('main-status', span, { type: ctx.spell(result) });
  else if (kind === 'record') ctx.unsupported('main-record', span, { type: ctx.spell(result) });
}

/** A definition whose declarator is broken: its body is analysed for the names in it. */
function analyzeBrokenDefinition(ctx: SemaContext, node: FunctionDefinition): void {
  const symbol: FunctionSymbol = {
    kind: 'function',
    id: ctx.nextId(),
    name: '',
    type: ctx.types.function(ctx.types.error, [], false),
    linkage: 'internal',
    isInline: false,
    isDefined: false,
    isReferenced: false,
    knownRow: undefined,
    span: node.span,
    declarations: [],
    attributes: {},
  };
  const scope: ParameterScope = {
    parameters: [],
    identifiers: undefined,
    names: [],
    tags: [],
    star: undefined,
  };
  const count = ctx.functions.length;
  defineFunction(ctx, symbol, symbol.type, scope, node);
  ctx.functions.length = count;
}

function newFunctionState(
  symbol: FunctionSymbol,
  result: QualType,
  outer: FunctionState | undefined,
): FunctionState {
  return {
    symbol,
    outer,
    inner: [],
    announced: [],
    result,
    locals: [],
    staticLocals: [],
    constantCandidates: [],
    labels: new Map(),
    allLabels: [],
    undeclared: new Set(),
    blockDepth: 0,
    objects: [],
    functionNames: new Map(),
    barrier: undefined,
    moment: 0,
    stops: [],
  };
}

/** Analyses parameters and body of a function whose symbol is known. */
export function defineFunction(
  ctx: SemaContext,
  symbol: FunctionSymbol,
  type: FunctionType,
  scope: ParameterScope,
  node: FunctionDefinition,
): void {
  const outer = ctx.fn;
  if (scope.star !== undefined) ctx.error('array-star-in-definition', scope.star);
  ctx.enterScope();
  for (const { name, value } of scope.tags) ctx.tags.declare(name, value);
  for (const { name, value } of scope.names) ctx.names.declare(name, value);
  const parameters =
    scope.identifiers === undefined && knrTypes(ctx, node).size === 0
      ? scope.parameters.map((p) => p.symbol)
      : knrParameters(ctx, scope, node, symbol);
  for (const parameter of parameters) {
    parameter.owner = symbol;
    if (!isUsableParameter(parameter.type.type)) {
      ctx.error('incomplete-parameter', parameter.span, {
        name: parameter.name,
        type: ctx.spell(parameter.type),
      });
      parameter.type = ctx.types.error;
    }
  }
  const fn = newFunctionState(symbol, type.result, symbol.enclosing === undefined ? undefined : outer);
  ctx.fn = fn;
  const body = afterParameterSizes(functionBody(ctx, node.body), scope);
  promoteConstantLocals(ctx, fn, body);
  for (const label of fn.allLabels) {
    if (!label.isDefined && label.firstUse !== undefined) {
      ctx.error('undefined-label', label.firstUse, { name: label.symbol.name });
    }
    checkJumps(ctx, label);
  }
  for (const { name, span, isDefined } of fn.announced)
    if (!isDefined) ctx.error('nested-function-missing', span, { name });
  ctx.leaveScope();
  ctx.fn = outer;
  const typed: TypedFunction = {
    symbol,
    parameters,
    body,
    staticLocals: fn.staticLocals,
    locals: fn.locals,
    labels: fn.allLabels.map((label) => label.symbol),
    span: node.span,
  };
  if (fn.outer !== undefined) fn.outer.inner.push({ fn: typed, inner: fn.inner });
  else if (fn.inner.length === 0) ctx.functions.push(typed);
  else {
    const variableSize = ctx.note('nested-variable-size', undefined).text;
    const { types, model, typedefs } = ctx;
    const nesting = { types, model, typedefs, variableSize, nextId: () => ctx.nextId() };
    for (const one of lowerNestedFunctions(nesting, { fn: typed, inner: fn.inner })) ctx.functions.push(one);
  }
}

/**
 * The sizes in array parameters are computed when the function begins; where they have side effects that can be seen
 * (gcc/c/c-decl.cc: get_parm_info, pending_sizes).
 */
function afterParameterSizes(body: TypedBlock, { parameters }: ParameterScope): TypedBlock {
  const sizes = parameters.flatMap((parameter) => parameter.sizes);
  if (sizes.length === 0) return body;
  const statements = sizes.map((expression): TypedStatement => ({
    kind: 'expression',
    expression,
    span: expression.span,
  }));
  return { ...body, statements: [...statements, ...body.statements] };
}

/** gcc/c/c-decl.cc: `f() {}` without a type defines what `void f();` declared: the result stays `void`. */
function keptVoid(
  ctx: SemaContext,
  name: string,
  type: FunctionType,
  node: FunctionDefinition,
): FunctionType {
  const earlier = node.specifiers.types.length === 0 ? ctx.linked.get(name) : undefined;
  return earlier?.kind === 'function' && !earlier.isDefined && isVoid(earlier.type.result.type)
    ? { ...type, result: earlier.type.result }
    : type;
}

/** For a K&R definition the parameters' types come after the declarator. */
function definitionType(
  ctx: SemaContext,
  built: BuiltDeclarator,
  type: FunctionType,
  scope: ParameterScope,
  node: FunctionDefinition,
): QualType {
  if (scope.identifiers === undefined) {
    // `int main() {}` defines a function without parameters, but gives no prototype (C17 6.7.6.3p14).
    return { type, quals: built.type.quals };
  }
  const declared = knrTypes(ctx, node);
  const parameters = scope.identifiers.map((name) => declared.get(name.name)?.type ?? ctx.types.int);
  return { type: { ...type, parameters, hasPrototype: false }, quals: 0 };
}

interface KnrParameter {
  readonly type: QualType;
  readonly span: Span;
  readonly isRegister: boolean;
}

const knrCache = new WeakMap<FunctionDefinition, Map<string, KnrParameter>>();

function knrTypes(ctx: SemaContext, node: FunctionDefinition): Map<string, KnrParameter> {
  const known = knrCache.get(node);
  if (known !== undefined) return known;
  const types = new Map<string, KnrParameter>();
  for (const declaration of node.knrDeclarations) {
    const specified = analyzeSpecifiers(ctx, declaration.specifiers);
    for (const declarator of declaration.declarators) {
      const built = buildDeclarator(ctx, declarator.declarator, specified.type, 'parameter');
      if (built.name === undefined) continue;
      const type = adjustedParameter(ctx, built.type, built.name.span);
      if (types.has(built.name.name))
        ctx.error('redefinition-of-parameter', built.name.span, { name: built.name.name });
      types.set(built.name.name, {
        type,
        span: built.name.span,
        isRegister: specified.storage === 'register',
      });
    }
  }
  knrCache.set(node, types);
  return types;
}

function knrParameters(
  ctx: SemaContext,
  scope: ParameterScope,
  node: FunctionDefinition,
  owner: FunctionSymbol,
): Mutable<ObjectSymbol>[] {
  const types = knrTypes(ctx, node);
  const identifiers = scope.identifiers ?? [];
  for (const [name, { span }] of types) {
    if (!identifiers.some((identifier) => identifier.name === name))
      ctx.error('knr-not-a-parameter', span, { name });
  }
  return identifiers.map((identifier, index) => {
    const declared = types.get(identifier.name);
    if (identifiers.findIndex(({ name }) => name === identifier.name) < index)
      ctx.error('knr-twice', identifier.span, { name: identifier.name });
    if (declared === undefined)
      ctx.warning('knr-defaults-to-int', identifier.span, { name: identifier.name });
    const symbol = newObject(ctx, {
      name: identifier.name,
      type: declared?.type ?? ctx.types.int,
      storage: 'automatic',
      span: declared?.span ?? identifier.span,
      isParameter: true,
      isRegister: declared?.isRegister ?? false,
    });
    symbol.owner = owner;
    if (declared !== undefined) symbol.declarations.unshift(identifier.span);
    ctx.names.declare(identifier.name, symbol);
    ctx.use(identifier.span, symbol);
    if (declared !== undefined) ctx.use(declared.span, symbol);
    return symbol;
  });
}

/** A function inside a function (GNU); what it shares with that one is found when all of that is known. */
export function analyzeNestedFunction(ctx: SemaContext, node: FunctionDefinition): void {
  const specified = analyzeSpecifiers(ctx, node.specifiers);
  const parsed = collectAttributes(ctx, node.specifiers.attributes, node.attributes);
  const built = buildDeclarator(ctx, node.declarator, specified.type, 'declaration');
  const { name, parameterScope: scope } = built;
  const declaredType = asFunction(built.type.type);
  if (name === undefined || declaredType === undefined || scope === undefined) return;
  if (node.specifiers.types.length === 0 && !isC90(ctx.dialect))
    ctx.warning('implicit-int-result', name.span, { name: name.name });
  const declared: Declared = {
    name: name.name,
    span: name.span,
    type: definitionType(ctx, built, declaredType, scope, node),
    specified,
    attributes: symbolAttributes(ctx, parsed, specified, undefined),
    parsed,
  };
  const symbol = declareNestedFunction(ctx, declared, true);
  if (symbol.isDefined)
    ctx.error('redefinition', name.span, { name: name.name }, [
      ctx.note('previous-definition', symbol.span, { name: name.name }),
    ]);
  symbol.isDefined = true;
  symbol.span = name.span;
  const type = asFunction(declared.type.type) ?? declaredType;
  symbol.type = type;
  if (!isVoid(type.result.type) && !isUsableParameter(type.result.type))
    ctx.error('incomplete-result', name.span, { type: ctx.spell(type.result) });
  defineFunction(ctx, symbol, type, scope, node);
}
