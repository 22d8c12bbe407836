import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { identityResidentWords } from './words.ts'

/** On the page 我的: the ways to one's password and to the apps one has allowed. */
export function OwnCard() {
  const t = useWords(identityResidentWords)
  return (
    <Block>
      <Row title={t('app.allowed')} detail={t('app.allowed-detail')} to="/apps" />
      <Row title={t('change-password')} to="/password" />
    </Block>
  )
}
