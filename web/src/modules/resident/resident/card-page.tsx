import { mineApi } from '@tongmai/api/resident/mine'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { residentOwnWords } from './words.ts'

/** What is known of me, and of those for whom I act; and who may open it. */
export function CardPage() {
  const t = useWords(residentOwnWords)
  const { day } = useDates()
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
            </Block>
          ))
        }
      </Known>
      <Block title={t('grants.title')}>
        <Known read={grants}>
          {(held) =>
            held.length === 0 ? (
              <p className="me-quiet">{t('grants.none')}</p>
            ) : (
              held.map((one, i) => (
                <Row
                  // biome-ignore lint/suspicious/noArrayIndexKey: a grant has no id of its own, and the list is drawn anew
                  key={i}
                  title={one.institution}
                  detail={`${t(`basis.${one.basis}`)} · ${one.until ? t('grants.until', { day: day(one.until) }) : t('grants.open')}`}
                  end={one.suspended ? t('grants.suspended') : undefined}
                />
              ))
            )
          }
        </Known>
      </Block>
    </>
  )
}
