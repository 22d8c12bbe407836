import type { Referral } from '@tongmai/api/referral/shape'
import { workforceApi } from '@tongmai/api/workforce'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { State } from './state.tsx'
import { referralWords } from './words.ts'

const plain = { listStyle: 'none', padding: 0, margin: 0, display: 'grid', gap: 6 } as const

/** What came out of this referral. */
export function Children({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  if (referral.children.length === 0) return null
  return (
    <Card title={t('case.children')}>
      <ul style={plain}>
        {referral.children.map(({ id, number, direction, status, to }) => (
          <li key={id} className="tm-row">
            <To to={`/referrals/${id}`}>
              {t(`direction.${direction}`)} {to} {number}
            </To>
            <State status={status} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Who answered and answers for the patient, from the first referral of the chain on. */
export function Chain({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { moment } = useDates()
  const thing = `referral:${referral.episodeId}`
  const read = useRead(workforceApi.readResponsible, { query: { thing } }, { live: [thing] })
  if (!read.data?.length) return null
  return (
    <Card title={t('case.chain')}>
      <ul style={plain}>
        {read.data.map((one) => (
          <li key={`${one.practitionerId} ${one.since.toISOString()}`}>
            <b>{one.name}</b> {one.institution}{' '}
            <span className="tm-quiet">
              {moment(one.since)} – {one.until ? moment(one.until) : t('case.chain-now')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
