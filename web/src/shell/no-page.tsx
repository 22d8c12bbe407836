import { Button } from 'antd'
import { useGo } from '../kernel/route.tsx'
import { useSession } from '../kernel/session.tsx'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { Nothing } from '../ui/nothing.tsx'

/** The page of an address that leads nowhere. */
export function NoPage() {
  const t = useWords(webWords)
  return (
    <Nothing title={t('shell.no-page')} hint={t('shell.no-page-hint')}>
      <Home />
    </Nothing>
  )
}

/** The page of an address that one's role does not open. */
export function NotYours() {
  const t = useWords(webWords)
  const { institution } = useSession()
  return (
    <Nothing
      title={t('shell.not-yours')}
      hint={t('shell.not-yours-hint', { institution: institution?.name ?? '—' })}
    >
      <Home />
    </Nothing>
  )
}

function Home() {
  const t = useWords(webWords)
  const go = useGo()
  return <Button onClick={() => go('/')}>{t('shell.home')}</Button>
}
