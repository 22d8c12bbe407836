import type { Client } from 'pg'

const listOf = (rights: string) => `array(select unnest(${rights})::text order by 1)::text`

// One line per thing, without object ids, so that two databases of equal make give equal text.
const parts = [
  `select nspname as schema, concat_ws(' ', 'schema', pg_get_userbyid(nspowner), ${listOf('nspacl')}, obj_description(oid, 'pg_namespace')) as line
    from pg_namespace`,
  `select n.nspname, concat_ws(' ', 'relation', c.relname, c.relkind, c.relpersistence, pg_get_userbyid(c.relowner), ${listOf('c.relacl')},
      'rls', c.relrowsecurity, c.relforcerowsecurity, c.reloptions::text, obj_description(c.oid, 'pg_class'),
      case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')`,
  `select n.nspname, concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      (select collname from pg_collation k where k.oid = a.attcollation), case when a.attnotnull then 'not null' end,
      'default ' || pg_get_expr(d.adbin, d.adrelid), 'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''),
      a.attstorage, ${listOf('a.attacl')}, col_description(c.oid, a.attnum))
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped`,
  `select n.nspname, concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated,
      obj_description(k.oid, 'pg_constraint'))
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace`,
  `select n.nspname, concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, c.reloptions::text,
      obj_description(c.oid, 'pg_class'))
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace`,
  `select n.nspname, concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
      array(select r::regrole::text from unnest(p.polroles) r where r > 0 order by 1)::text, 'using', pg_get_expr(p.polqual, p.polrelid),
      'check', pg_get_expr(p.polwithcheck, p.polrelid), obj_description(p.oid, 'pg_policy'))
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace`,
  `select n.nspname, concat_ws(' ', 'function', p.oid::regprocedure, pg_get_userbyid(p.proowner), ${listOf('p.proacl')},
      case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) else p.prokind::text end, obj_description(p.oid, 'pg_proc'))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace`,
  `select n.nspname, concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal`,
  `select n.nspname, concat_ws(' ', 'type', t.typname, t.typtype, pg_get_userbyid(t.typowner), ${listOf('t.typacl')},
      array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder)::text,
      case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end, t.typdefault, obj_description(t.oid, 'pg_type'))
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype in ('e', 'd', 'r') or t.typrelid in
      (select c.oid from pg_class c where c.relkind = 'c')`,
  `select n.nspname, concat_ws(' ', 'sequence', q.seqrelid::regclass, q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqcycle)
    from pg_sequence q join pg_class c on c.oid = q.seqrelid join pg_namespace n on n.oid = c.relnamespace`,
  `select n.nspname, concat_ws(' ', 'statistics', pg_get_statisticsobjdef(s.oid))
    from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace`,
  `select '(database)', concat_ws(' ', 'extension', extname, extversion) from pg_extension`,
  `select '(database)', concat_ws(' ', 'event trigger', evtname, evtevent, evtfoid::regprocedure) from pg_event_trigger`,
  `select '(database)', concat_ws(' ', 'publication', pubname, puballtables) from pg_publication`,
  `select '(database)', concat_ws(' ', 'settings', setrole::regrole, setconfig::text)
    from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database())`,
  `select coalesce((select nspname from pg_namespace where oid = defaclnamespace), '(database)'),
      concat_ws(' ', 'default rights', defaclrole::regrole, defaclobjtype, ${listOf('defaclacl')}) from pg_default_acl`,
]

/** Every schema of a database, each as sorted lines: what is there, whose it is, who may use it, which rows lie in it. */
export type Description = ReadonlyMap<string, readonly string[]>

/** Describes a database as its superuser sees it; equal descriptions are equal schemas with equal rows. */
export async function describeSchema(client: Client): Promise<Description> {
  await client.query('set search_path = pg_catalog')
  const { rows } = await client.query<{ schema: string; line: string }>(
    `select schema, line from (${parts.join('\nunion all\n')}) as described
      where schema !~ '^pg_' and schema <> 'information_schema'`,
  )
  const lines = [...rows, ...(await contents(client))]
  const schemas = [...new Set(lines.map((row) => row.schema))].sort()
  return new Map(
    schemas.map((name) => [name, lines.flatMap((row) => (row.schema === name ? [row.line] : [])).sort()]),
  )
}

/** The rows of every table as one digest; of the migrations only which have run, not when. */
async function contents(client: Client): Promise<{ schema: string; line: string }[]> {
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'graphile_worker')`,
  )
  if (tables.length === 0) return []
  const digests = tables.map(({ schema, name }) => {
    const row = name === 'kernel.migration' ? `concat_ws(' ', t.module, t.name, t.checksum)` : 't::text'
    return `select '${schema}' as schema, '${name} holds ' || count(*) || ' rows ' || coalesce(md5(string_agg(${row}, '|' order by ${row})), '') as line from ${name} t`
  })
  const { rows } = await client.query<{ schema: string; line: string }>(digests.join('\nunion all\n'))
  return rows
}
