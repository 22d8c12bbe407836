import { type HeldGrant, mineApi } from '@tongmai/api/resident/mine'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { MyCode } from './my-code.tsx'
import { residentOwnWords } from './words.ts'

/** What is known of me, and of those for whom I act; and who may open it. */
export function CardPage() {
  const t = useWords(residentOwnWords)
  const me = useRead(mineApi.readMe, {})
  const grants = useRead(mineApi.listMyGrants, {})
  return (
    <>
      <Known read={me}>
        {(people) =>
          people.map((one) => (
            <Block key={one.id} title={one.basis === 'self' ? one.name : `${one.name}（${t('card.proxy')}）`}>
              <Row title={t('card.sex')} end={t(`sex.${one.sex}`)} />
              {one.birthDate && <Row title={t('card.birth')} end={one.birthDate} />}
              {one.idMasked && <Row title={t('card.number')} end={one.idMasked} />}
              {one.phoneMasked && <Row title={t('card.phone')} end={one.phoneMasked} />}
              {one.addressMasked && <Row title={t('card.address')} detail={one.addressMasked} />}
              <MyCode residentId={one.id} name={one.basis === 'self' ? null : one.name} />
            </Block>
          ))
        }
      </Known>
      <Known read={grants}>
        {(held) =>
          (me.data ?? []).map((one) => (
            <Held key={one.id} name={one.basis === 'self' ? null : one.name} held={forOne(held, one.id)} />
          ))
        }
      </Known>
    </>
  )
}

/** One line for each institution and basis, the longest lasting, whatever number of sources it has. */
function forOne(held: readonly HeldGrant[], residentId: string): HeldGrant[] {
  const end = (grant: HeldGrant) => grant.until?.getTime() ?? Number.POSITIVE_INFINITY
  const own = held.filter((one) => one.residentId === residentId).toSorted((a, b) => end(b) - end(a))
  return own.filter(
    (one, i) => own.findIndex((o) => o.institution === one.institution && o.basis === one.basis) === i,
  )
}

/** Who may open the record, mine or that of somebody I act for. */
function Held({ name, held }: { name: string | null; held: readonly HeldGrant[] }) {
  const t = useWords(residentOwnWords)
  const { day } = useDates()
  return (
    <Block title={name === null ? t('grants.title') : t('grants.title-of', { name })}>
      {held.length === 0 && <p className="me-quiet">{t('grants.none')}</p>}
      {held.map((one) => (
        <Row
          key={`${one.institution} ${one.basis}`}
          title={one.institution}
          detail={`${t(`basis.${one.basis}`)} · ${one.until ? t('grants.until', { day: day(one.until) }) : t('grants.open')}`}
          end={one.suspended ? t('grants.suspended') : undefined}
        />
      ))}
    </Block>
  )
}
