/** The tables that are not spread over machines, and why each need not be. */
export const localTables: Readonly<Record<string, string>> = {
  'careplan.chain_progress': 'one row: how far old records have been read',
  'identity.app_code': 'authorization codes, a minute',
  'identity.app_grant': 'what people allow apps, three months at most',
  'identity.app_launch': 'apps just opened, minutes',
  'identity.app_refresh': 'refresh tokens, three months at most',
  'identity.assertion': 'assertions of clients that were taken, minutes',
  'identity.attempt': 'failed sign-ins of the last minutes',
  'identity.challenge': 'sign-ins that wait for their second factor, minutes',
  'identity.code': 'codes sent to phones, minutes',
  'identity.session': 'open sessions, a week at most',
  'identity.signing_key': 'the keys of this installation',
  'identity.token': 'access tokens, an hour at most',
  'interop.subscription_cursor': 'one row; one process looks at a time',
  'kernel.clock': 'one row',
  'kernel.cursor': 'one row per reaction; one process delivers',
  'kernel.event': 'ordered by one sequencer; old parts move to an archive, not to other machines',
  'kernel.file': 'describes the file store of this installation',
  'kernel.fresh': 'a queue that is empty most of the time',
  'kernel.idempotency': 'kept for 24 hours',
  'kernel.installation': 'one row',
  'kernel.migration': 'describes the schema of this installation',
  'kernel.resource_edition': 'a row per kind of thing that modules show over FHIR',
  'kernel.parked': 'a handful of rows when something is wrong',
  'kernel.sealed': 'one chain',
  'record.quality_progress': 'one row: how far the chain has been judged',
}

/** Tables whose `id` needs no index of its own, and by what their rows are found instead. */
export const foundOtherwise: Readonly<Record<string, string>> = {
  'kernel.access': 'by resident; written ten thousand times a second',
  'kernel.case': 'by thing, by duty, by the time of its next escalation',
  'kernel.resource': 'by type and id',
  'kernel.resource_alias': 'by the source’s key',
  'kernel.resource_history': 'by type, id and version',
  'kernel.resource_key': 'by type and key',
  'workforce.responsible_history': 'by thing',
}
