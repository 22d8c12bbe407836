import { pharmacyApi } from '@tongmai/api/pharmacy'
import type { Holder, MyMedicine } from '@tongmai/api/pharmacy/mine'
import { goSmall } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { ForWhom } from '../../../shell/for-whom.tsx'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { myMedicineWords } from './words.ts'

const SOON_MS = 7 * 86_400_000

const useMine = (residentId: string) =>
  useRead(
    pharmacyApi.listMyMedicines,
    { query: { residentId } },
    { live: ['record', 'pharmacy'], when: residentId !== '' },
  )

/** What I take now: how, since when, from whom, until when, and where it is to be had. */
export function MyMedicines() {
  const t = useWords(myMedicineWords)
  return <ForWhom title={t('whose')}>{(residentId) => <All residentId={residentId} />}</ForWhom>
}

function All({ residentId }: { residentId: string }) {
  const t = useWords(myMedicineWords)
  return (
    <Known read={useMine(residentId)}>
      {({ medicines, from }) =>
        medicines.length === 0 ? (
          <Block title={t('none')}>
            <p className="me-quiet">{t('none-hint')}</p>
          </Block>
        ) : (
          <>
            <p className="me-note">{t('before')}</p>
            {medicines.map((one) => (
              <One key={one.id} one={one} from={from} />
            ))}
          </>
        )
      }
    </Known>
  )
}

function One({ one, from }: { one: MyMedicine; from: string | null }) {
  const t = useWords(myMedicineWords)
  const { day } = useDates()
  const by = [one.prescriber, one.institution].filter(Boolean).join(' · ')
  return (
    <Block title={one.name}>
      {one.onHold && <p className="me-note">{t('paused')}</p>}
      <Row title={t('dose')} detail={one.dose ?? t('dose-unknown')} />
      <Row title={t('since')} end={one.since ? day(one.since) : t('since-unknown')} />
      {by && <Row title={t('by')} detail={by} />}
      <Row
        title={t('until')}
        detail={one.until ? t('until-day', { day: day(one.until) }) : t('until-open')}
      />
      <Supply one={one} />
      <Where one={one} from={from} />
    </Block>
  )
}

/** How long what was prescribed lasts, and the way to more of it. */
function Supply({ one: { suppliedUntil, until } }: { one: MyMedicine }) {
  const t = useWords(myMedicineWords)
  const { day, now } = useDates()
  if (!suppliedUntil || until) return null
  const left = suppliedUntil.getTime() - now.getTime()
  const on = { day: day(suppliedUntil) }
  if (left > SOON_MS) return <p className="me-quiet">{t('supply', on)}</p>
  return (
    <>
      <p className="me-note">{t(left > 0 ? 'supply-soon' : 'supply-over', on)}</p>
      <Button quiet onClick={() => goSmall('/doctor/ask')}>
        {t('ask')}
      </Button>
    </>
  )
}

/** The nearest place that has it, and on demand the next ones. */
function Where({ one, from }: { one: MyMedicine; from: string | null }) {
  const t = useWords(myMedicineWords)
  const [nearest, ...more] = one.near
  return (
    <>
      <h3>{t('where')}</h3>
      {nearest ? (
        <Place place={nearest} />
      ) : (
        <p className="me-quiet">{t(one.listed ? 'where-none' : 'not-listed')}</p>
      )}
      {more.length > 0 && (
        <details className="me-more">
          <summary>{t('elsewhere')}</summary>
          {more.map((place) => (
            <Place key={place.institutionId} place={place} />
          ))}
          {from && <p className="me-quiet">{t('from-place', { from })}</p>}
        </details>
      )}
    </>
  )
}

function Place({ place }: { place: Holder }) {
  const t = useWords(myMedicineWords)
  const { ago } = useDates()
  const { minutes } = place
  const way = minutes === null ? 'no-way' : minutes === 0 ? 'here' : 'minutes'
  return (
    <Row
      title={place.name}
      detail={[
        t(way, { minutes: Math.max(1, Math.round(minutes ?? 0)) }),
        t('confirmed', { ago: ago(place.confirmedAt) }),
      ].join(' · ')}
      end={t(`state.${place.state}`)}
    />
  )
}

/** On the first page: how many medicines, and the way to them. */
export function MyMedicineCard() {
  const t = useWords(myMedicineWords)
  const read = useMine(useResident().residents[0]?.id ?? '')
  const names = read.data?.medicines.map(({ name }) => name).join('、')
  return (
    <Block>
      <Row title={t('title')} detail={names || t('detail')} to="/medicines" />
    </Block>
  )
}
