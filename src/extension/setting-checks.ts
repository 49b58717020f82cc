/**
 * Says which settings have values that are none of theirs, and what is used instead: the workbench marks them in its editors,
 * but the program runs all the same.
 */
import { commands, l10n, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';
import { settingProblem } from '../session/setting-check.ts';
import type { SettingProblem, SettingSchema } from '../session/setting-check.ts';

const section = 'memoryAtlas';

/** After the start, when whoever opened the window sees their file. */
const delayMs = 2000;

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, SettingSchema>> };
  };
}

/** Checks all settings after the start, and those that change. */
export class SettingChecks implements Disposable {
  readonly #schemas: ReadonlyMap<string, SettingSchema>;
  readonly #subscription: Disposable;
  readonly #timer: ReturnType<typeof setTimeout>;
  /** What was said of a setting: said again only when it has become another value. */
  readonly #told = new Map<string, string>();

  constructor(context: ExtensionContext) {
    const { properties } = (context.extension.packageJSON as Manifest).contributes.configuration;
    this.#schemas = new Map(Object.entries(properties));
    this.#subscription = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) this.#check();
    });
    this.#timer = setTimeout(() => {
      this.#check();
    }, delayMs);
  }

  #check(): void {
    const settings = workspace.getConfiguration();
    for (const [name, schema] of this.#schemas) {
      const value: unknown = settings.get(name);
      const problem = settingProblem(schema, value);
      const spelled = problem === undefined ? '' : JSON.stringify(value);
      if ((this.#told.get(name) ?? '') === spelled) continue;
      this.#told.set(name, spelled);
      if (problem !== undefined) void tell(name, value, spelled, problem, schema);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}

async function tell(
  name: string,
  value: unknown,
  spelled: string,
  problem: SettingProblem,
  schema: SettingSchema,
): Promise<void> {
  const open = l10n.t('Open Settings');
  const used = JSON.stringify(
    problem.kind === 'range' && typeof value === 'number'
      ? Math.min(Math.max(value, problem.least), problem.most)
      : schema.default,
  );
  const text = l10n.t(
    'Memory Atlas: the setting {0} cannot be {1}. {2} {3} is used.',
    name,
    spelled,
    wanted(problem),
    used,
  );
  if ((await window.showWarningMessage(text, open)) === open)
    await commands.executeCommand('workbench.action.openSettings', name);
}

function wanted(problem: SettingProblem): string {
  switch (problem.kind) {
    case 'one-of':
      return l10n.t('It is one of {0}.', problem.choices.map((choice) => JSON.stringify(choice)).join(', '));
    case 'range':
      return l10n.t('It is a number from {0} to {1}.', problem.least, problem.most);
    case 'type':
      return l10n.t('It is of type {0}.', problem.type);
  }
}
