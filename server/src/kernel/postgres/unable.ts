/** An expected failure that concerns whoever operates the machine, said in one sentence; shown without a stack. */
export class Unable extends Error {
  override name = 'Unable'
}

/** Another living process serves this data folder; the message names the folder and the process. */
export class DataFolderInUse extends Unable {
  override name = 'DataFolderInUse'
}

/** Where the supervisor says what it does; the kernel's logger fits. */
export interface Log {
  info(message: string): void
  warn(message: string): void
}
