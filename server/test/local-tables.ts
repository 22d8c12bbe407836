/** The tables that are not spread over machines, and why each need not be. */
export const localTables: Readonly<Record<string, string>> = {
  'kernel.access_batch': 'one digest per batch, chained by one sequencer',
  'kernel.clock': 'one row',
  'kernel.cursor': 'one row per reaction; one process delivers',
  'kernel.event': 'ordered by one sequencer; old parts move to an archive, not to other machines',
  'kernel.file': 'describes the file store of this installation',
  'kernel.fresh': 'a queue that is empty most of the time',
  'kernel.idempotency': 'kept for 24 hours',
  'kernel.installation': 'one row',
  'kernel.migration': 'describes the schema of this installation',
  'kernel.parked': 'a handful of rows when something is wrong',
  'kernel.sealed': 'one chain',
}
