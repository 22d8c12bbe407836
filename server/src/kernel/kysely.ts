import {
  CamelCasePlugin,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Queries } from './database.ts'
import type { KernelTables } from './tables.ts'

const NAMES_MAX = 400
const names = new Map<string, string>()

/** A statement's name, so that PostgreSQL parses and plans it once per connection; none once there are too many. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= NAMES_MAX || text.length > 8000) return known
  const name = `k${names.size}`
  names.set(text, name)
  return name
}

class OneConnection implements DatabaseConnection {
  readonly #client: Queries

  constructor(client: Queries) {
    this.#client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const name = nameOf(query.sql)
    const { rows, rowCount } = await this.#client.query<R & object>({
      ...(name ? { name } : {}),
      text: query.sql,
      values: query.parameters as unknown[],
    })
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  // biome-ignore lint/correctness/useYield: streams are not offered; pages are
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('no streaming: ask for pages')
  }
}

class OneDriver implements Driver {
  readonly #connection: OneConnection

  constructor(client: Queries) {
    this.#connection = new OneConnection(client)
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {
    throw new Error('the kernel opens transactions, nobody else')
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

const made = new WeakMap<Queries, Kysely<KernelTables>>()
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })]

/** Kysely over this one connection; made once per connection. */
export function kyselyOn(client: Queries): Kysely<KernelTables> {
  const known = made.get(client)
  if (known) return known
  const db = new Kysely<KernelTables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new OneDriver(client),
      createIntrospector: (any) => new PostgresIntrospector(any),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins,
  })
  made.set(client, db)
  return db
}
