import { recognitionApi } from '@tongmai/api/recognition'
import type { MyDecision } from '@tongmai/api/recognition/order'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { myTestWords } from './words.ts'

const useMine = () => useRead(recognitionApi.listMyTests, {}, { live: ['recognition'] })

function useLine() {
  const t = useWords(myTestWords)
  return (one: MyDecision): { title: string; detail: string } => {
    const { itemName: item, institution, resultInstitution: source, reason } = one
    if (one.outcome !== 'recognised')
      return {
        title: t('anew', { item }),
        detail: t('anew-detail', { institution, reason: t(`reason.${reason ?? 'other'}`) }),
      }
    const saved = [
      one.savedFen ? t('saved-yuan', { yuan: one.savedFen / 100 }) : '',
      one.radiation ? t('saved-rays') : '',
      one.savedDays ? t('saved-days', { days: one.savedDays }) : '',
    ]
    const said = t('used-detail', { institution, source: source ?? institution })
    return { title: t('used', { item }), detail: [said, ...saved.filter(Boolean)].join('，') }
  }
}

/** All of them, the newest first. */
export function MyTests() {
  const t = useWords(myTestWords)
  const { day } = useDates()
  const lineOf = useLine()
  const read = useMine()
  return (
    <Known read={read}>
      {(items) =>
        items.length === 0 ? (
          <Block title={t('none')}>
            <p className="me-quiet">{t('none-hint')}</p>
          </Block>
        ) : (
          <Block title={t('title')}>
            {items.map((one) => (
              <Row key={one.id} {...lineOf(one)} end={day(one.at)} />
            ))}
          </Block>
        )
      }
    </Known>
  )
}

/** On the first page: the latest that was not done twice, if any. */
export function MyTestCard() {
  const t = useWords(myTestWords)
  const lineOf = useLine()
  const all = useMine().data ?? []
  const latest = all.find(({ outcome }) => outcome === 'recognised') ?? all[0]
  if (!latest) return null
  return (
    <Block title={t('title')}>
      <Row {...lineOf(latest)} to="/tests" />
    </Block>
  )
}
