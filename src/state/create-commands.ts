import type { CommandDeps } from './command-deps.ts';
import type { Commands } from './commands.ts';
import { openDevice } from './device.ts';
import { createDocumentCommands } from './document-commands.ts';
import { createDocumentKeeper } from './document-keeper.ts';
import { createKeptRunCommands } from './kept-run-commands.ts';
import { keepStarted } from './keep-started.ts';
import { createResumeCommand } from './resume-command.ts';
import { createRunCommands } from './run-commands.ts';
import { createSettingsCommands } from './settings-commands.ts';
import { createSourceCommands } from './source-commands.ts';

/** The commands over real stores and workers; everything they need is passed in. */
export function createCommands(deps: CommandDeps): Commands {
  const device = openDevice(deps);
  const keeper = createDocumentKeeper(deps, device);
  const started = keepStarted(deps, device, keeper, () => keptRuns.prune());
  const runs = createRunCommands(deps, device, (run, request, written) => void started.keep(run, request, written));
  const keptRuns = createKeptRunCommands(deps, device, runs, keeper);
  const documents = createDocumentCommands(deps, keeper, runs.openTrajectory);
  const resumeRun = createResumeCommand(deps, {
    device,
    keeper,
    read: documents.read,
    start: runs.start,
    watch: keptRuns.watch,
    hold: started.hold,
    letGo: started.letGo,
  });
  void keptRuns.load().then(async () => {
    for (const { key } of await keeper.restorable()) {
      const file = await keeper.open(key);
      if (file) void documents.read([{ file, path: file.name, origin: { from: 'copy', key } }]);
    }
  });

  return {
    ...documents,
    ...runs,
    ...keptRuns,
    ...createSettingsCommands(deps),
    ...createSourceCommands(deps),
    resumeRun,
    setQuestion: (question) => deps.desk.setState({ question }),
  };
}
