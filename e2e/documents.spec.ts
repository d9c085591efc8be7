import { CASES, fixture } from './document-cases.ts';
import { expect, test } from './test.ts';

for (const { file, listed = file, question, answer, place } of CASES) {
  test(`${file}: its fact is found, and the quote opens it there`, async ({ app }) => {
    await app.chooseFiles(fixture(file));
    await app.documentReady(listed);
    expect(await app.askAndFinish(question)).toMatch(/^Answered/);
    await expect(app.answer).toContainText(answer);
    const link = app.quoteLink(1);
    await expect(link).toHaveAccessibleName(place);
    await link.click();
    await expect(app.source).toContainText(listed);
    await expect(app.passage(answer)).toBeVisible();
  });
}
