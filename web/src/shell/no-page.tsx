import { Result } from 'antd'
import { To } from '../kernel/route.tsx'
import { useSession } from '../kernel/session.tsx'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

/** The page of an address that leads nowhere. */
export function NoPage() {
  const t = useWords(webWords)
  return (
    <Result
      status="404"
      title={t('shell.no-page')}
      subTitle={t('shell.no-page-hint')}
      extra={<To to="/">{t('shell.home')}</To>}
    />
  )
}

/** The page of an address that one's role does not open. */
export function NotYours() {
  const t = useWords(webWords)
  const { institution } = useSession()
  return (
    <Result
      status="403"
      title={t('shell.not-yours')}
      subTitle={t('shell.not-yours-hint', { institution: institution?.name ?? '—' })}
      extra={<To to="/">{t('shell.home')}</To>}
    />
  )
}
