import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { readConnection } from '../src/kernel/postgres/connection.ts'
import type { Product } from './product.ts'

/** A connection to the product's own database that sees everything. */
export async function connect(dataDir: string): Promise<pg.Client> {
  const access = await readConnection(dataDir)
  const client = new pg.Client({ connectionString: access?.superUrl ?? '' })
  await client.connect()
  return client
}

/** Ends the server with kill -9, and its PostgreSQL too where that is wanted, children and all. */
export async function kill(product: Product, andPostgres: boolean): Promise<void> {
  const postgres = andPostgres
    ? Number(readFileSync(join(await clusterOf(product.dataDir), 'postmaster.pid'), 'utf8').split('\n')[0])
    : null
  if (product.process.exitCode !== null) throw new Error('it had ended by itself')
  product.process.kill('SIGKILL')
  await once(product.process, 'exit')
  if (postgres) process.kill(postgres, 'SIGKILL')
}

async function clusterOf(dataDir: string): Promise<string> {
  const client = await connect(dataDir)
  const { rows } = await client.query<{ data_directory: string }>('show data_directory')
  await client.end()
  return rows[0]?.data_directory ?? ''
}
