import type { jaOverview } from './ja-overview.ts'

export const enOverview: typeof jaOverview = {
  overview: {
    title: 'Overview',
    ok: 'Nothing needs your attention.',
    hour: '{{count}} in 1 h',
    noDate: 'Nothing scheduled',
    dates: { opens: 'Opens', freezes: 'Freezes', closes: 'Closes' },
    state: 'State',
    submissions: 'Submissions',
    round: 'Round',
    queue: 'Scoring queue',
    waiting: 'Waiting',
    held: '{{count}} of them until a run of the same team ends',
    runs: '{{count}}',
    running: 'Being scored',
    failed: 'Failed (24 hours)',
    oldest: 'Longest wait',
    expected: 'Wait of the next submission',
    about: 'about {{time}}',
    unknown: 'unknown',
    noWait: 'almost none',
    perHour: 'Submissions of the last 24 hours: {{total}}',
    peak: 'at most {{count}} in an hour ({{before}} to {{hours}} hours ago)',
    dayAgo: '24 hours ago',
    now: 'now',
    workers: 'Workers',
    noWorkers: 'No worker has ever started.',
    workerState: { live: 'Running', silent: 'No answer', stopped: 'Stopped' },
    process: 'process {{pid}} · started {{time}}',
    engine: 'Engine',
    otherEngines: 'also {{engines}}',
    gpu: 'GPU',
    noGpu: 'none',
    runsNow: 'Scores now',
    idle: 'nothing',
    rescore: 'rescore',
    speed: 'Speed of the last run',
    heard: 'Last sign of life',
    concurrency: 'Runs at once',
    version: 'Version',
    versions: 'Taikai {{taikai}} · scorer {{scorer}}',
    sandbox: 'Sandbox',
    sandboxComplete: 'complete',
    sandboxMissing: 'missing: {{missing}}',
    refusals: 'Engines that do not work here',
    refusal: {
      NOT_INSTALLED: 'not installed',
      NOT_RUNNING: 'does not start',
      WRONG_OUTPUTS: 'computes wrong results',
    },
    storage: 'Storage',
    disk: 'Free disk space',
    diskValue: '{{free}} of {{total}} ({{percent}}%)',
    files: 'Models and datasets',
    database: 'Database',
    backups: 'Backups',
    backupsLead:
      'One is made every night at 3:30; the newest 7 stay in DATA_DIR/backups. To bring one back, run ./taikai restore FILE on an empty server.',
    backupNow: 'Back up now',
    backupMade: 'The backup is made',
    noBackups: 'There is no backup yet.',
    backupFile: 'File',
    backupAt: 'Made',
    backupSize: 'Size',
    warning: {
      NO_WORKER: {
        title: 'No worker has answered for 2 minutes.',
        action:
          'Nothing will be scored. Look at the worker’s log and start it again: stop npm start and run it once more, or docker compose up -d worker.',
      },
      NO_WORKER_RUNS_WAITING: {
        title: 'No worker has answered for 2 minutes. Runs that wait: {{waiting}}.',
        action:
          'Look at the worker’s log and start it again: stop npm start and run it once more, or docker compose up -d worker. What waits is scored by itself then.',
      },
      ENGINE_MISSING: {
        title: 'Runs of “{{title}}” that wait for a worker with {{engine}}: {{waiting}}.',
        action:
          'A round keeps the engine that it was first scored with. Start a worker where {{engine}} works, or rescore with another engine.',
        link: 'To the rescores',
      },
      DISK_LOW: {
        title: 'Disk space is running out: {{free}} of {{total}} are free.',
        action: 'A full disk takes no submissions. Remove what is not needed, or enlarge the disk.',
      },
      RUNS_FAILED: {
        title: 'Runs that failed in the last 24 hours by the server’s fault: {{count}}.',
        action:
          'They cost students no quota. See the reason of the newest and the worker’s log, mend the cause, then press “Retry scoring”.',
        link: 'See the failed submission',
      },
      ROUND_UNFINISHED: {
        title: '“{{title}}” is closed, and unfinished submissions are left: {{unfinished}}.',
        action: 'Publish the results once they are scored. If nothing moves, look at the workers.',
        link: 'See the submissions',
      },
      SANDBOX_INCOMPLETE: {
        title: 'The worker on {{host}} cannot wall models off completely.',
        action:
          'Missing: {{missing}}. Provide it, on Linux, where models of people you do not trust are scored.',
      },
      WORKER_VERSION: {
        title: 'The worker on {{host}} is of another version than the server.',
        action:
          'The worker is Taikai {{workerVersion}} (scorer {{workerScorer}}), the server {{serverVersion}} ({{serverScorer}}). Install the same version on both.',
      },
      BACKUP_OLD: {
        title: 'The last backup is of {{time}}.',
        action: 'The nightly backup does not run. Look at the server’s log, and make one now.',
        link: 'To the backups',
      },
      BACKUP_NONE: {
        title: 'There is no backup at all.',
        action: 'The nightly backup does not run. Look at the server’s log, and make one now.',
        link: 'To the backups',
      },
    },
  },
}
