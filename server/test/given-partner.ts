import type { Region } from './world.ts'

/** An agreement in force between two institutions, for referrals and records. */
export async function agreement(world: Region, a: string, b: string): Promise<void> {
  const alliance = crypto.randomUUID()
  const id = crypto.randomUUID()
  await world.sql(
    `insert into network.alliance (id, name, short_name, form, founder_id, since, added_at)
      values ($1, '医联体', '医联体', 'cityAlliance', $2, '2020-01-01', now())`,
    [alliance, a],
  )
  await world.sql(
    `insert into network.agreement (id, number, alliance_id, title, text, grade, parties, status, since, until, drafter_id, added_at)
      values ($1, 'X' || left($1::uuid::text, 8), $2, '合作协议', '…', 'tight', array[$3, $4]::uuid[], 'inForce', '2020-01-01', '2030-01-01', $3, now())`,
    [id, alliance, a, b],
  )
  for (const service of ['referral', 'recordSharing']) {
    await world.sql(
      `insert into network.service_rule (id, alliance_id, grade, service, since) values ($1, $2, 'tight', $3, '2020-01-01')`,
      [crypto.randomUUID(), alliance, service],
    )
  }
  for (const [x, y] of [
    [a, b],
    [b, a],
  ]) {
    await world.sql(
      `insert into network.cooperation (institution_id, partner_id, agreement_id, alliance_id, grade, since, until)
        values ($1, $2, $3, $4, 'tight', '2020-01-01', '2030-01-01')`,
      [x, y, id, alliance],
    )
  }
}
