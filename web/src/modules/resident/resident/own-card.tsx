import { mineApi } from '@tongmai/api/resident/mine'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { residentOwnWords } from './words.ts'

/** On the page 我的: who I am, my family, who looked at my record and who may. */
export function OwnCard() {
  const t = useWords(residentOwnWords)
  const read = useRead(mineApi.readMe, {})
  return (
    <Block>
      <Known read={read}>
        {(people) =>
          people.map((one) => (
            <Row
              key={one.id}
              title={one.name}
              detail={one.basis === 'self' ? one.idMasked : t('card.proxy')}
              to="/card"
            />
          ))
        }
      </Known>
      <Row title={t('family.title')} detail={t('family.detail')} to="/family" />
      <Row title={t('access.title')} detail={t('access.detail')} to="/access" />
      <Row title={t('consent.title')} detail={t('consent.detail')} to="/consents" />
    </Block>
  )
}
