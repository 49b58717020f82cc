/**
 * Syntax trees as S-expressions, so that a test shows text and tree side by side.
 */
import type {
  Attribute,
  BlockItem,
  Declaration,
  DeclarationSpecifiers,
  Declarator,
  Designator,
  EnumSpecifier,
  Expression,
  ExternalDeclaration,
  FunctionDefinition,
  InitDeclarator,
  Initializer,
  MemberDeclaration,
  RecordSpecifier,
  StaticAssert,
  Statement,
  TranslationUnit,
  TypeName,
  TypeSpecifier,
} from '../../src/core/syntax/ast.ts';
import { unreachable } from '../../src/base/assert.ts';

/** `(decl int (init x 3))` and the like, one external declaration a line. */
export function unitText(unit: TranslationUnit): string {
  return unit.declarations.map(itemText).join('\n');
}

function list(...parts: readonly (string | undefined | false)[]): string {
  return `(${parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ')})`;
}

function itemText(item: ExternalDeclaration | BlockItem): string {
  switch (item.kind) {
    case 'declaration':
      return declarationText(item);
    case 'function-definition':
      return functionText(item);
    case 'static-assert':
      return staticAssertText(item);
    case 'empty':
      return '(empty)';
    default:
      return 'text' in item && !('outputs' in item)
        ? list('asm', JSON.stringify(item.text))
        : statementText(item);
  }
}

function staticAssertText(item: StaticAssert): string {
  return list('static-assert', expressionText(item.condition), item.message && expressionText(item.message));
}

function declarationText(item: Declaration): string {
  return list('decl', specifiersText(item.specifiers), ...item.declarators.map(initText));
}

function functionText(item: FunctionDefinition): string {
  return list(
    'func',
    specifiersText(item.specifiers),
    declaratorText(item.declarator),
    attributesText(item.attributes),
    ...item.knrDeclarations.map(declarationText),
    statementText(item.body),
  );
}

function initText(item: InitDeclarator): string {
  const declarator = declaratorText(item.declarator);
  const asm = item.asmLabel === undefined ? undefined : list('asm', item.asmLabel);
  const attributes = attributesText(item.attributes);
  const initializer = item.initializer && list('=', initializerText(item.initializer));
  return asm || attributes || initializer
    ? list('init', declarator, asm, attributes, initializer)
    : declarator;
}

function attributesText(attributes: readonly Attribute[]): string {
  return attributes
    .map((attribute) => list('@' + attribute.name, ...attribute.args.map((arg) => argumentText(arg))))
    .join(' ');
}

function argumentText(arg: Expression | TypeName): string {
  return arg.kind === 'type-name' ? typeNameText(arg) : expressionText(arg);
}

function specifiersText(specifiers: DeclarationSpecifiers): string {
  const parts = [
    ...specifiers.storage,
    specifiers.isInline && 'inline',
    specifiers.isNoreturn && '_Noreturn',
    ...specifiers.alignments.map((alignment) => list('alignas', argumentText(alignment))),
    attributesText(specifiers.attributes),
    ...specifiers.qualifiers,
    ...specifiers.types.map(typeText),
  ].filter((part) => part !== false && part !== '');
  return parts.length === 1 ? String(parts[0]) : `[${parts.join(' ')}]`;
}

function typeText(type: TypeSpecifier): string {
  switch (type.kind) {
    case 'basic':
      return type.keyword;
    case 'record':
      return recordText(type);
    case 'enum':
      return enumText(type);
    case 'typedef-name':
      return type.name;
    case 'typeof-expression':
      return list('typeof', expressionText(type.operand));
    case 'typeof-type':
      return list('typeof', typeNameText(type.type));
    case 'atomic':
      return list('_Atomic', typeNameText(type.type));
    case 'auto-type':
      return '__auto_type';
    case 'error':
      return '<error>';
    default:
      return unreachable(type);
  }
}

function recordText(record: RecordSpecifier): string {
  return list(
    record.tagKind,
    record.tag?.name,
    record.pack !== undefined && `pack=${record.pack}`,
    attributesText(record.attributes),
    record.members && `{${record.members.map(memberText).join(' ')}}`,
  );
}

function memberText(member: MemberDeclaration): string {
  switch (member.kind) {
    case 'members':
      return list(
        specifiersText(member.specifiers),
        ...member.declarators.map((item) => {
          const declarator = item.declarator ? declaratorText(item.declarator) : '_';
          const attributes = attributesText(item.attributes);
          return item.width || attributes
            ? list(declarator, item.width && `: ${expressionText(item.width)}`, attributes)
            : declarator;
        }),
      );
    case 'static-assert':
      return staticAssertText(member);
    case 'error':
      return '<error>';
    default:
      return unreachable(member);
  }
}

function enumText(type: EnumSpecifier): string {
  const enumerators = type.enumerators?.map(({ name, value, attributes }) =>
    value || attributes.length > 0
      ? list(name.name, value && expressionText(value), attributesText(attributes))
      : name.name,
  );
  return list(
    'enum',
    type.tag?.name,
    attributesText(type.attributes),
    enumerators && `{${enumerators.join(' ')}}`,
  );
}

function declaratorText(declarator: Declarator): string {
  switch (declarator.kind) {
    case 'name':
      return declarator.name?.name ?? '_';
    case 'pointer':
      return list(
        ['*', ...declarator.qualifiers].join(' '),
        attributesText(declarator.attributes),
        declaratorText(declarator.inner),
      );
    case 'array': {
      const { size } = declarator;
      const inside = [
        ...declarator.qualifiers,
        declarator.isStatic && 'static',
        size === 'star' ? '*' : size && expressionText(size),
      ].filter((part) => part);
      return list(`[${inside.join(' ')}]`, declaratorText(declarator.inner));
    }
    case 'function': {
      const parameters = declarator.parameters.map((parameter) =>
        list(
          specifiersText(parameter.specifiers),
          declaratorText(parameter.declarator),
          attributesText(parameter.attributes),
        ),
      );
      const inside = declarator.isEmpty
        ? ['?']
        : [
            ...parameters,
            ...(declarator.identifiers ?? []).map((identifier) => identifier.name),
            ...(declarator.isVariadic ? ['...'] : []),
          ];
      return list(`fn(${inside.join(' ')})`, declaratorText(declarator.inner));
    }
    default:
      return unreachable(declarator);
  }
}

function typeNameText(type: TypeName): string {
  const specifiers = specifiersText(type.specifiers);
  const declarator = declaratorText(type.declarator);
  return declarator === '_' ? `<${specifiers}>` : `<${specifiers} ${declarator}>`;
}

function initializerText(initializer: Initializer): string {
  if (initializer.kind === 'value') return expressionText(initializer.value);
  const items = initializer.items.map(({ designators, value }) => {
    const path = designators.map(designatorText).join('');
    return path === '' ? initializerText(value) : `${path}=${initializerText(value)}`;
  });
  return `{${items.join(' ')}}`;
}

function designatorText(designator: Designator): string {
  switch (designator.kind) {
    case 'member':
      return `.${designator.member.name}`;
    case 'index':
      return `[${expressionText(designator.index)}]`;
    case 'range':
      return `[${expressionText(designator.first)} ... ${expressionText(designator.last)}]`;
    default:
      return unreachable(designator);
  }
}

function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case 'identifier':
      return expression.name;
    case 'number':
    case 'character':
      return expression.text;
    case 'string':
      return expression.parts.map((part) => part.text).join('+');
    case 'paren':
      return list('paren', expressionText(expression.inner));
    case 'unary':
      return list(expression.operator, expressionText(expression.operand));
    case 'postfix':
      return list('post' + expression.operator, expressionText(expression.operand));
    case 'binary':
    case 'assign':
      return list(expression.operator, expressionText(expression.left), expressionText(expression.right));
    case 'conditional':
      return list(
        '?:',
        expressionText(expression.condition),
        expression.then ? expressionText(expression.then) : '_',
        expressionText(expression.otherwise),
      );
    case 'cast':
      return list('cast', typeNameText(expression.type), expressionText(expression.operand));
    case 'call':
      return list('call', expressionText(expression.callee), ...expression.args.map(expressionText));
    case 'index':
      return list('index', expressionText(expression.base), expressionText(expression.index));
    case 'member':
      return list(expression.arrow ? '->' : '.', expressionText(expression.base), expression.member.name);
    case 'sizeof-expression':
      return list('sizeof', expressionText(expression.operand));
    case 'sizeof-type':
      return list('sizeof', typeNameText(expression.type));
    case 'alignof-expression':
      return list('alignof', expressionText(expression.operand));
    case 'alignof-type':
      return list('alignof', typeNameText(expression.type));
    case 'compound-literal':
      return list('literal', typeNameText(expression.type), initializerText(expression.initializer));
    case 'generic':
      return list(
        'generic',
        expressionText(expression.control),
        ...expression.associations.map(({ type, value }) =>
          list(type ? typeNameText(type) : 'default', expressionText(value)),
        ),
      );
    case 'statement-expression':
      return list('stmt-expr', statementText(expression.body));
    case 'label-address':
      return list('&&', expression.label.name);
    case 'va-arg':
      return list('va_arg', expressionText(expression.list), typeNameText(expression.type));
    case 'convert-vector':
      return list('convert-vector', expressionText(expression.operand), typeNameText(expression.type));
    case 'offsetof':
      return list(
        'offsetof',
        typeNameText(expression.type),
        expression.designators.map(designatorText).join(''),
      );
    case 'types-compatible':
      return list('types-compatible', typeNameText(expression.first), typeNameText(expression.second));
    case 'choose-expression':
      return list(
        'choose',
        expressionText(expression.condition),
        expressionText(expression.then),
        expressionText(expression.otherwise),
      );
    case 'error':
      return '<error>';
    default:
      return unreachable(expression);
  }
}

function statementText(statement: Statement): string {
  switch (statement.kind) {
    case 'compound':
      return `{${statement.items.map(itemText).join(' ')}}`;
    case 'expression':
      return expressionText(statement.expression);
    case 'null':
      return ';';
    case 'if':
      return list(
        'if',
        expressionText(statement.condition),
        statementText(statement.then),
        statement.otherwise && statementText(statement.otherwise),
      );
    case 'while':
      return list('while', expressionText(statement.condition), statementText(statement.body));
    case 'do':
      return list('do', statementText(statement.body), expressionText(statement.condition));
    case 'for': {
      const { init, condition, step } = statement;
      const first =
        init === undefined ? '_' : init.kind === 'declaration' ? declarationText(init) : expressionText(init);
      return list(
        'for',
        first,
        condition ? expressionText(condition) : '_',
        step ? expressionText(step) : '_',
        statementText(statement.body),
      );
    }
    case 'switch':
      return list('switch', expressionText(statement.value), statementText(statement.body));
    case 'case':
      return list(
        'case',
        expressionText(statement.first),
        statement.last && `... ${expressionText(statement.last)}`,
        statementText(statement.body),
      );
    case 'default':
      return list('default', statementText(statement.body));
    case 'label':
      return list(
        `${statement.label.name}:`,
        attributesText(statement.attributes),
        statementText(statement.body),
      );
    case 'goto':
      return list('goto', statement.label.name);
    case 'computed-goto':
      return list('goto*', expressionText(statement.target));
    case 'break':
    case 'continue':
      return list(statement.kind);
    case 'return':
      return list('return', statement.value && expressionText(statement.value));
    case 'local-labels':
      return list('labels', ...statement.labels.map((label) => label.name));
    case 'asm': {
      const operands = [statement.outputs, statement.inputs].map((side) =>
        side.map((operand) => `${operand.constraint}:${expressionText(operand.value)}`).join(' '),
      );
      return list(
        'asm',
        JSON.stringify(statement.text),
        statement.hasOperands && `[${operands.join(' | ')} | ${statement.clobbers.join(' ')}]`,
      );
    }
    case 'error':
      return '<error>';
    default:
      return unreachable(statement);
  }
}
