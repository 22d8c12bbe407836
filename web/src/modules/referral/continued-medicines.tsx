import { type Availability, pharmacyApi } from '@tongmai/api/pharmacy'
import type { Referral } from '@tongmai/api/referral/shape'
import { To } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { gapPath } from '../pharmacy/index.ts'
import { stateTone } from './medicine-fields.tsx'
import { referralWords } from './words.ts'

type Medicine = NonNullable<Referral['returnNote']>['medicines'][number]

/** What is to be continued, whether the community has it now, and one click to its pharmacy's gap where it has not. */
export function ContinuedMedicines({
  referral,
  medicines,
}: {
  referral: Referral
  medicines: readonly Medicine[]
}) {
  const t = useWords(referralWords)
  const may = useMay()
  const there = useRead(
    pharmacyApi.readAvailability,
    { query: { institutionId: referral.to.id, names: medicines.map(({ name }) => name).join('\n') } },
    { when: may('pharmacy.read'), live: ['pharmacy'] },
  )
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {medicines.map((one) => (
        <li key={one.name}>
          {[one.name, one.dose, one.route, one.frequency, one.days && t('back.for-days', { days: one.days })]
            .filter(Boolean)
            .join(' ')}{' '}
          <There referral={referral} one={one} found={there.data?.find(({ name }) => name === one.name)} />
        </li>
      ))}
    </ul>
  )
}

interface ThereProps {
  readonly referral: Referral
  readonly one: Medicine
  readonly found: Availability | undefined
}

function There({ referral, one, found }: ThereProps) {
  const t = useWords(referralWords)
  const may = useMay()
  const { institution } = useSession()
  if (!found) return null
  const state = found.state ?? 'unknown'
  const reports = institution?.id === referral.to.id && may('pharmacy.report')
  const wanting = found.drugId !== null && !found.available
  return (
    <>
      <span className={stateTone[state]}>{t(found.drugId ? `there.${state}` : 'there.no-such')}</span>{' '}
      {wanting && (
        <To
          to={gapPath({
            ...{ community: referral.to, higher: referral.from, medicineId: found.drugId, name: one.name },
            quantity: [one.days && t('back.for-days', { days: one.days }), one.dose, one.frequency]
              .filter(Boolean)
              .join(' '),
            reason: t('there.reason', { from: referral.from.name }),
          })}
        >
          {t(reports ? 'there.report' : 'there.gap')}
        </To>
      )}
    </>
  )
}
