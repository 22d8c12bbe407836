import { To } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { identityWords } from './words.ts'

/** The way to one's own account, in the menu under one's name. */
export function AccountLink() {
  const t = useWords(identityWords)
  return <To to="/account">{t('mine.title')}</To>
}
