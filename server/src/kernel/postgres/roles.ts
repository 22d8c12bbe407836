import pg from 'pg'
import { roles } from './settings.ts'
import { Unable } from './unable.ts'
import { withRole } from './url.ts'

/** Stands in a database from the beginning of a restore to its end. */
export const restoringSchema = 'tongmai_restoring'

/** The three ways into one database. */
export interface Access {
  /** The most powerful: the superuser of an embedded database, or the user of the given URL. For backup and repair. */
  readonly superUrl: string
  /** Owns schemas and tables; only migrations use it. */
  readonly ownerUrl: string
  /** Owns nothing and bypasses nothing; the server works as this one. */
  readonly appUrl: string
}

interface Me {
  name: string
  database: string
  version: number
  mayCreate: boolean
}

/**
 * Makes sure that `tongmai_owner` and `tongmai_app` exist in the database of this URL (PostgreSQL 15 to 18) and that
 * its user may act as both; throws Unable with what to run where that is impossible. The URLs it answers carry the
 * role as a start-up option: sign-in stays with the URL's own user, row-level security with the role.
 */
export async function ensureRoles(
  databaseUrl: string,
  purpose: 'serve' | 'restore' = 'serve',
): Promise<Access> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  await client.connect().catch((problem: Error) => {
    throw new Unable(`The database does not let us in: ${problem.message}`)
  })
  try {
    const me = await lookAtMe(client)
    if (purpose === 'serve') await refuseUnfinishedRestore(client)
    for (const role of [roles.owner, roles.app]) await ensureRole(client, me, role)
    await ensureBounds(client, me)
  } finally {
    await client.end()
  }
  return {
    superUrl: databaseUrl,
    ownerUrl: withRole(databaseUrl, roles.owner),
    appUrl: withRole(databaseUrl, roles.app),
  }
}

/** Lets both roles sign in by themselves, which only the embedded database's peer names use. */
export async function letRolesSignIn(superUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    await client.query(`alter role ${roles.owner} login; alter role ${roles.app} login`)
    // Its errors go to the server, which logs them without the values they may quote.
    await client.query(`alter role ${roles.app} set log_min_messages = 'log'`)
  } finally {
    await client.end()
  }
}

async function lookAtMe(client: pg.Client): Promise<Me> {
  const { rows } =
    await client.query<Me>(`select current_user::text as name, current_database()::text as database,
    current_setting('server_version_num')::int as version, rolsuper or rolcreaterole as "mayCreate"
    from pg_roles where rolname = current_user`)
  const me = rows[0] as Me
  if (me.version < 150_000)
    throw new Unable(`The database is PostgreSQL ${Math.floor(me.version / 10_000)}; it must be 15 or newer.`)
  return me
}

async function refuseUnfinishedRestore(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regnamespace('${restoringSchema}') is not null as there`,
  )
  if (rows[0]?.there)
    throw new Unable('The last restore into this database did not finish; run npm run restore again.')
}

async function ensureRole(client: pg.Client, me: Me, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) {
    if (!me.mayCreate) throw new Unable(whatToRun(me))
    const bounds = 'nologin nosuperuser nocreatedb nocreaterole noinherit'
    await bearingRivals(() => client.query(`create role ${role} ${bounds}`))
  }
  const kind = me.version >= 160_000 ? 'set' : 'member'
  const { rows } = await client.query<{ is: boolean }>('select pg_has_role(current_user, $1, $2) as is', [
    role,
    kind,
  ])
  if (rows[0]?.is) return
  const grant = `grant ${role} to current_user${me.version >= 160_000 ? ' with set true, inherit true' : ''}`
  await bearingRivals(() => client.query(grant)).catch((problem: unknown) => refuseOr(problem, me))
}

/** The owner may create schemas; the app is neither powerful nor, by membership, the owner. */
async function ensureBounds(client: pg.Client, me: Me): Promise<void> {
  const { rows } = await client.query<{ creates: boolean; unbound: boolean }>(
    `select has_database_privilege($1, current_database(), 'create') as creates,
      rolsuper or rolbypassrls or pg_has_role($2, $1, 'member') as unbound from pg_roles where rolname = $2`,
    [roles.owner, roles.app],
  )
  if (rows[0]?.unbound)
    throw new Unable(
      `The role ${roles.app} is superuser, bypasses row-level security or belongs to ${roles.owner}; take that from it.`,
    )
  if (rows[0]?.creates) return
  const grant = `grant create on database ${pg.escapeIdentifier(me.database)} to ${roles.owner}`
  await bearingRivals(() => client.query(grant)).catch((problem: unknown) => refuseOr(problem, me))
}

/** Several programs may start on one server at once: who comes second finds the role there, or the row just changed. */
async function bearingRivals(step: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await step()
      return
    } catch (problem) {
      const { code, message } = problem as { code?: string; message: string }
      if (code === '42710' || code === '23505') return
      if (tries === 5 || !/tuple concurrently updated/.test(message)) throw problem
    }
  }
}

function refuseOr(problem: unknown, me: Me): never {
  throw (problem as { code?: string }).code === '42501' ? new Unable(whatToRun(me)) : problem
}

function whatToRun(me: Me): string {
  const user = pg.escapeIdentifier(me.name)
  return (
    `The database user ${me.name} may not create the roles the server works as; as a superuser run once: ` +
    `CREATE ROLE ${roles.owner} NOLOGIN; CREATE ROLE ${roles.app} NOLOGIN; GRANT ${roles.owner}, ${roles.app} TO ${user}; ` +
    `GRANT CREATE ON DATABASE ${pg.escapeIdentifier(me.database)} TO ${roles.owner};`
  )
}
