/**
 * What is wrong with the value of a setting, by its description in the manifest (JSON Schema, as far as ours use it).
 */

/** The description of a setting. */
export interface SettingSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: { readonly type?: string };
  readonly default?: unknown;
}

/** What a value should have been. */
export type SettingProblem =
  | { readonly kind: 'one-of'; readonly choices: readonly unknown[] }
  | { readonly kind: 'range'; readonly least: number; readonly most: number }
  | { readonly kind: 'type'; readonly type: string };

/** Says what is wrong with a value; undefined for a good one. */
export function settingProblem(schema: SettingSchema, value: unknown): SettingProblem | undefined {
  if (schema.enum !== undefined)
    return schema.enum.includes(value) ? undefined : { kind: 'one-of', choices: schema.enum };
  const { type = '', items, minimum = -Infinity, maximum = Infinity } = schema;
  if (!isOfType(type, value))
    return { kind: 'type', type: items?.type === undefined ? type : `${items.type}[]` };
  if (typeof value === 'number' && (value < minimum || value > maximum))
    return { kind: 'range', least: minimum, most: maximum };
  const itemType = items?.type;
  if (itemType !== undefined && Array.isArray(value) && !value.every((item) => isOfType(itemType, item)))
    return { kind: 'type', type: `${itemType}[]` };
  return undefined;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
    case 'number':
    case 'string':
      return typeof value === type;
    default:
      return true;
  }
}
