import type { Locator, Page } from '@playwright/test';
import type { Automation } from '../src/state/automation.ts';

/** What the settings dialog may be given; what is absent stays as it is. */
export interface DialogSettings {
  /** Its label. */
  readonly provider?: string;
  readonly baseUrl?: string;
  readonly key?: string;
  readonly rootModel?: string;
  readonly subModel?: string;
  /** Its id or its label. */
  readonly method?: string;
  /** What `base` and `codeact` do with a context past the window; other methods have no such field. */
  readonly overflow?: 'refuse' | 'truncate';
  /** Id or label of a prompt profile; `auto` for the one that goes with the model. */
  readonly profile?: string;
  readonly maxTurns?: number;
  readonly maxDepth?: number;
  readonly maxSubCalls?: number;
  readonly parallelSubCalls?: number;
  readonly budgetUsd?: number;
  readonly rootBy?: 'model' | 'person';
  readonly reuse?: 'never' | 'in-flight' | 'run';
  /** Short sub-calls of a cell before the person is asked; 0 never asks. */
  readonly askAbove?: number;
  readonly windowTokens?: number;
  readonly maxMinutes?: number;
  readonly answerSchema?: string;
}

export type ExportItem = 'Trajectory (JSONL)' | 'Official rlm log (JSONL)' | 'Answer (JSON)' | 'Answer (CSV)';

/** What `status` says when a run is over. */
export const FINISHED = /^\s*(Answered|Stopped|Failed|Limit reached)/;

/** The page, by the roles and accessible names of its contract, and by nothing else. */
export class App {
  readonly page: Page;
  readonly addFiles: Locator;
  readonly documents: Locator;
  readonly question: Locator;
  readonly ask: Locator;
  readonly stop: Locator;
  readonly status: Locator;
  readonly answer: Locator;
  readonly cost: Locator;
  readonly graph: Locator;
  readonly calls: Locator;
  readonly inspector: Locator;
  readonly runs: Locator;
  readonly settings: Locator;
  readonly exportButton: Locator;
  readonly alert: Locator;
  /** The offer to go on with a run that was broken off. */
  readonly unfinished: Locator;
  readonly resume: Locator;
  readonly forget: Locator;
  readonly missingFiles: Locator;
  readonly keepDocuments: Locator;
  readonly forgetDocuments: Locator;
  /** What of a folder or an archive is read. */
  readonly survey: Locator;
  /** What the answer quotes, one an item. */
  readonly quotes: Locator;
  /** A document that is open to be read. */
  readonly source: Locator;

  constructor(page: Page) {
    this.page = page;
    this.addFiles = page.getByRole('button', { name: 'Add files', exact: true }).first();
    this.documents = page.getByRole('list', { name: 'Documents', exact: true });
    this.question = page.getByRole('textbox', { name: 'Question', exact: true });
    this.ask = page.getByRole('button', { name: 'Ask', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop', exact: true });
    this.status = page.getByRole('status', { name: 'Run status', exact: true });
    this.answer = page.getByRole('region', { name: 'Answer', exact: true });
    this.cost = page.getByRole('region', { name: 'Cost', exact: true });
    this.graph = page.getByRole('group', { name: 'Graph', exact: true });
    this.calls = page.getByRole('tree', { name: 'Calls', exact: true });
    this.inspector = page.getByRole('region', { name: 'Inspector', exact: true });
    this.runs = page.getByRole('list', { name: 'Runs', exact: true });
    this.settings = page.getByRole('dialog', { name: 'Settings', exact: true });
    this.exportButton = page.getByRole('button', { name: 'Export', exact: true });
    this.alert = page.getByRole('alert');
    this.unfinished = page.getByRole('region', { name: 'Unfinished run', exact: true });
    this.resume = this.unfinished.getByRole('button', { name: 'Resume', exact: true });
    this.forget = this.unfinished.getByRole('button', { name: 'Forget', exact: true });
    this.missingFiles = page.getByRole('status', { name: 'Missing files', exact: true });
    this.keepDocuments = page.getByRole('checkbox', { name: 'Keep documents on this device', exact: true });
    this.forgetDocuments = page.getByRole('button', { name: 'Forget all', exact: true });
    this.survey = page.getByRole('dialog', { name: 'What to read', exact: true });
    this.quotes = page.getByRole('list', { name: 'Quotes', exact: true });
    this.source = page.getByRole('region', { name: 'Source', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('./');
    await this.status.waitFor();
  }

  /** Chooses files by path or content, as a person does with the button. Does not wait for reading. */
  async chooseFiles(files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.addFiles.click();
    await (await chooser).setFiles(files);
  }

  /** The list's item of a document. */
  document(name: string): Locator {
    return this.documents
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^\\s*${escapePattern(name)}`) });
  }

  /** Waits until a document is read: then its name is a button that opens it. */
  async documentReady(name: string, timeout = 60_000): Promise<void> {
    await this.document(name).getByRole('button', { name: /^Open / }).waitFor({ timeout });
  }

  /** Chooses a folder with the picker, and waits for the question what of it is read. */
  async chooseFolder(path: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.#addMore('Add a folder');
    await (await chooser).setFiles(path);
    await this.survey.waitFor();
  }

  /** Has the file at a web address fetched. */
  async addAddress(url: string): Promise<void> {
    await this.#addMore('Add a web address');
    const dialog = this.page.getByRole('dialog', { name: 'Add a web address', exact: true });
    await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
    await dialog.getByRole('button', { name: 'Fetch', exact: true }).click();
  }

  /** A way to add that has a button on the first page, and stands in a menu later. */
  async #addMore(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true });
    const menu = this.page.getByRole('button', { name: 'More to add', exact: true });
    await button.or(menu).first().waitFor();
    if (await button.isVisible()) return await button.click();
    await menu.click();
    await this.page.getByRole('menuitem', { name }).click();
  }

  /** The link in the list of quotes to where a quote stands. */
  quoteLink(number: number): Locator {
    return this.quotes.getByRole('link', { name: new RegExp(`^Open quote ${number} in `) });
  }

  /** The passage that the source was opened at, as far as it holds `text`. */
  passage(text: string): Locator {
    return this.source.locator('mark').filter({ hasText: text }).first();
  }

  /** Brings one of the views of the run to the front. */
  async showView(name: 'Graph' | 'Calls' | 'Timeline'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  async openSettings(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await this.settings.waitFor();
  }

  /** Fills the open dialog; `saveSettings` closes it. */
  async fillSettings(wanted: DialogSettings): Promise<void> {
    // Provider first: the fields that follow depend on it.
    if (wanted.provider) await this.#combobox('Provider').selectOption({ label: wanted.provider });
    await this.#fill('Base URL', wanted.baseUrl);
    await this.#fill('API key', wanted.key);
    await this.#fill('Root model', wanted.rootModel);
    await this.#fill('Sub-call model', wanted.subModel);
    if (wanted.method) await this.#choose('Method', wanted.method);
    if (wanted.overflow) await this.#choose('Past the window', wanted.overflow);
    if (wanted.profile) await this.#choose('Prompt profile', wanted.profile);
    await this.#fill('Max turns', wanted.maxTurns);
    await this.#fill('Max depth', wanted.maxDepth);
    await this.#fill('Max sub-calls', wanted.maxSubCalls);
    await this.#fill('Parallel sub-calls', wanted.parallelSubCalls);
    await this.#fill('Budget (USD)', wanted.budgetUsd);
    const { rootBy, reuse, askAbove, windowTokens, maxMinutes, answerSchema } = wanted;
    const more = [rootBy, reuse, askAbove, windowTokens, maxMinutes, answerSchema];
    if (more.every((value) => value === undefined)) return;
    await this.unfold('More');
    if (rootBy) await this.#choose('Root replies by', rootBy);
    if (reuse) await this.#choose('Identical sub-calls', reuse);
    await this.#fill('Ask before more than', askAbove);
    await this.#fill('Window of the root model', windowTokens);
    await this.#fill('Time limit', maxMinutes);
    await this.#fill('Answer schema (JSON Schema)', answerSchema);
  }

  /** Opens a folded part of the settings dialog, if it is not open. */
  async unfold(summary: 'More' | 'Say the price'): Promise<void> {
    const part = this.settings.getByRole('group').filter({ has: this.page.getByText(summary, { exact: true }) });
    if (!(await part.evaluate((details: HTMLDetailsElement) => details.open))) {
      await part.getByText(summary, { exact: true }).click();
    }
  }

  async saveSettings(): Promise<void> {
    await this.settings.getByRole('button', { name: 'Save', exact: true }).click();
    await this.settings.waitFor({ state: 'hidden' });
  }

  async configure(wanted: DialogSettings): Promise<void> {
    await this.openSettings();
    await this.fillSettings(wanted);
    await this.saveSettings();
  }

  /** A field of the settings dialog by its label. */
  field(label: string): Locator {
    return this.settings.getByLabel(label, { exact: true });
  }

  async #fill(label: string, value: string | number | undefined): Promise<void> {
    if (value !== undefined) await this.field(label).fill(String(value));
  }

  #combobox(name: string): Locator {
    return this.settings.getByRole('combobox', { name, exact: true });
  }

  /** By the label or the id of an option, whatever the case. */
  async #choose(name: string, choice: string): Promise<void> {
    const box = this.#combobox(name);
    // A box that still waits for its options cannot be clicked.
    await box.click({ trial: true });
    const options = await box.getByRole('option').evaluateAll((found) =>
      found.map((option) => [option.getAttribute('value') ?? '', option.textContent.trim()]),
    );
    const wanted = choice.toLowerCase();
    const match = options.find(([id = '', label = '']) =>
      [id.toLowerCase(), label.toLowerCase()].includes(wanted),
    );
    if (!match) throw new Error(`${name} has no ${choice}, but ${options.map(([id]) => id).join(', ')}`);
    await box.selectOption(match[0] ?? '');
  }

  /** Asks, and returns when the run is over, whatever its outcome. */
  async askAndFinish(question: string, timeout = 150_000): Promise<string> {
    await this.question.fill(question);
    await this.ask.click();
    return await this.finish(timeout);
  }

  /** Waits for the run to be over; the text of the status. */
  async finish(timeout = 150_000): Promise<string> {
    await this.status.filter({ hasText: FINISHED }).waitFor({ timeout });
    return ((await this.status.textContent()) ?? '').trim();
  }

  /** The selected run as JSONL lines. */
  async trajectory(): Promise<string> {
    return await this.page.evaluate(() => {
      const { matryoshka } = window as Window & { matryoshka?: Automation };
      return matryoshka?.trajectory() ?? '';
    });
  }

  /** Downloads one export and returns its text. */
  async export(item: ExportItem): Promise<{ name: string; text: string }> {
    await this.exportButton.click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
    const file = await download;
    const pieces: Buffer[] = [];
    for await (const piece of await file.createReadStream()) pieces.push(Buffer.from(piece));
    return { name: file.suggestedFilename(), text: Buffer.concat(pieces).toString('utf8') };
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
