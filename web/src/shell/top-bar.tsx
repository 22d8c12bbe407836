import { BulbOutlined, DownOutlined, MoonOutlined, QuestionOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown, Tooltip } from 'antd'
import { ownDrafts } from '../kernel/draft.ts'
import { useGo } from '../kernel/route.tsx'
import { useSession } from '../kernel/session.tsx'
import { Slot } from '../kernel/slot.tsx'
import { webWords } from '../kernel/web-words.ts'
import { setLanguage, useLanguage, useWords } from '../kernel/words.ts'
import { setBrightness, useBrightness } from '../ui/theme.ts'
import { useSource } from './source.tsx'

/** Whom one acts for, what has come in, how the app looks and speaks, and the way out. */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  const t = useWords(webWords)
  const into = useLanguage()
  const brightness = useBrightness()
  const other = brightness === 'dark' ? 'light' : 'dark'
  return (
    <>
      <InstitutionSwitch />
      <span className="tm-top-space" />
      <Slot at="top-bar" />
      <Tooltip title={t(`shell.${other}`)}>
        <Button
          className="tm-wide-only"
          type="text"
          aria-label={t(`shell.${other}`)}
          icon={brightness === 'dark' ? <BulbOutlined /> : <MoonOutlined />}
          onClick={() => setBrightness(other)}
        />
      </Tooltip>
      <Tooltip title={`${t('shell.shortcuts')} ?`}>
        <Button
          className="tm-wide-only"
          type="text"
          aria-label={t('shell.shortcuts')}
          icon={<QuestionOutlined />}
          onClick={onHelp}
        />
      </Tooltip>
      <Button className="tm-wide-only" type="text" onClick={() => setLanguage(into === 'zh' ? 'en' : 'zh')}>
        {t('shell.language')}
      </Button>
      <AccountMenu />
    </>
  )
}

/** Changes whom one acts for: other rights, other work, so every page starts anew. */
function InstitutionSwitch() {
  const t = useWords(webWords)
  const { institution, posts } = useSession()
  const { message } = App.useApp()
  const source = useSource()
  const queries = useQueryClient()
  const go = useGo()
  const actFor = async (institutionId: string, name: string) => {
    await source.actFor(institutionId)
    go('/')
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    await queries.invalidateQueries({ queryKey: ['session'] })
    void message.success(t('shell.acting-for', { name }))
  }
  if (posts.length < 2) return <strong>{institution?.name}</strong>
  const items = posts.map((post) => ({
    key: post.institutionId,
    label: post.institutionName,
    onClick: () => void actFor(post.institutionId, post.institutionName),
  }))
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: institution ? [institution.id] : [] }}>
      <Button type="text" style={{ marginLeft: -15 }} title={t('shell.act-for')}>
        <strong>{institution?.name}</strong> <DownOutlined style={{ fontSize: 11 }} />
      </Button>
    </Dropdown>
  )
}

function AccountMenu() {
  const t = useWords(webWords)
  const { account } = useSession()
  const source = useSource()
  const queries = useQueryClient()
  const leave = async () => {
    await source.leave()
    ownDrafts()
    queries.clear()
    location.assign('/')
  }
  const items = [{ key: 'leave', label: t('shell.sign-out'), onClick: () => void leave() }]
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items }}
      popupRender={(menu) => (
        <div className="tm-account">
          <Slot at="account" />
          {menu}
        </div>
      )}
    >
      <Button type="text">
        {account.name} <DownOutlined style={{ fontSize: 11 }} />
      </Button>
    </Dropdown>
  )
}
