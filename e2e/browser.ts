import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium that is on this machine: Playwright's own first, then an installed one. */
export function findBrowser(): string | null {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  const candidates = [process.env['CHROME_PATH'] ?? '', chromium.executablePath()];
  return [...candidates, ...APPLICATIONS, ...onPath].find((path) => path && existsSync(path)) ?? null;
}

/**
 * The same, after installing Debian's package where there is none.
 * @throws Error with a sentence that says what to install by hand.
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  const installed = installWithApt() ? findBrowser() : null;
  if (installed) return installed;
  throw new Error(
    'No Chromium was found, and it could not be installed from here. Install Chromium or Google ' +
      'Chrome, or run `npx playwright install chromium`, or set CHROME_PATH; then try again.',
  );
}

function installWithApt(): boolean {
  if (spawnSync('apt-get', ['--version']).status !== 0) return false;
  const sudo = isRoot() ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  process.stderr.write('No Chromium found: installing the package `chromium` with apt-get.\n');
  const apt = (...args: string[]): void => {
    const [command = 'apt-get', ...rest] = [...sudo, 'apt-get', '-qq', ...args];
    execFileSync(command, rest, {
      // What apt says goes to stderr: stdout belongs to the command that needs the browser.
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', 'chromium');
    return true;
  } catch {
    return false;
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** How Chromium is started for tests and commands: headless, private, silent on the network. */
export function launchOptions(executablePath: string): LaunchOptions {
  return {
    executablePath,
    headless: true,
    // Chromium refuses its sandbox to root, as in most containers.
    chromiumSandbox: !isRoot(),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
