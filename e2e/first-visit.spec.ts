import { expect, test } from './test.ts';

test('the first visit shows what to drop, three samples and a question box', async ({ app, page }) => {
  await expect(page).toHaveTitle(/Matryoshka/);
  await expect(app.status).toHaveText(/^\s*Ready/);
  await expect(app.addFiles).toBeVisible();
  await expect(app.question).toBeVisible();
  await expect(app.ask).toBeVisible();
  await expect(app.stop).toBeHidden();
  await expect(app.alert.filter({ hasText: /\S/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /token|ticket|document|haystack/i })).not.toHaveCount(0);
});

test('the server sends the policy of the page for pages, scripts and workers', async ({ page, request }) => {
  const response = await page.goto('./');
  const header = response?.headers()['content-security-policy'] ?? '';
  expect(header).toContain("default-src 'none'");
  expect(header).toContain("frame-ancestors 'none'");
  expect(response?.headers()).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  });
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(meta).toBe(header.replace("; frame-ancestors 'none'", ''));

  const script = await page.locator('script[type=module]').getAttribute('src');
  const asset = await request.get(new URL(script ?? '', page.url()).href);
  expect(asset.headers()).toMatchObject({
    'content-security-policy': header,
    'cache-control': 'public, max-age=31536000, immutable',
  });
});

test('a policy is enforced: inline script and foreign images do not get through', async ({ app, page, guard }) => {
  guard.allow(/content policy|Content Security Policy|pixel\.png/i);
  await app.status.waitFor();
  const blocked = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        // Header and meta each report what they block.
        const seen = new Set<string>();
        document.addEventListener('securitypolicyviolation', (event) => {
          seen.add(event.effectiveDirective);
          if (seen.size === 2) resolve([...seen]);
        });
        const script = document.createElement('script');
        script.textContent = 'document.title = "owned"';
        document.body.append(script);
        const image = document.createElement('img');
        image.src = 'https://example.com/pixel.png';
        document.body.append(image);
      }),
  );
  expect(blocked.toSorted()).toEqual(['img-src', 'script-src-elem']);
  await expect(page).toHaveTitle(/Matryoshka/);
});
