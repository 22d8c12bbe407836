import pg from 'pg'

/** Whether an earlier start made the region here. */
export async function hasRegion(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`select set_config('app.kind', 'system', false)`)
    const { rowCount } = await client.query('select from kernel.installation where demo_at is not null')
    return rowCount === 1
  } finally {
    await client.end()
  }
}
