import { identityApi } from '@tongmai/api/identity'
import type { SessionLine } from '@tongmai/api/identity/session'
import { Button } from 'antd'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { ChangePassword } from './change-password.tsx'
import { deviceOf } from './device.ts'
import { MyApps } from './my-apps.tsx'
import { Roles } from './roles.tsx'
import { SecondFactor } from './second-factor.tsx'
import { identityWords } from './words.ts'

/** One's own account: posts, password, second factor, signed-in devices. */
export function MyAccount() {
  const t = useWords(identityWords)
  const tell = useTell()
  const { account, posts } = useSession()
  return (
    <Page title={t('mine.title')}>
      <Card title={t('mine.who')}>
        <Facts
          facts={[
            [t('account.name'), account.name],
            [t('account.username'), account.username],
            [
              t('mine.posts'),
              posts.map((post) => (
                <div key={post.institutionId}>
                  {post.institutionName} <Roles roles={post.roles} />
                </div>
              )),
            ],
          ]}
        />
      </Card>
      <Sessions />
      <Card title={t('mine.password')}>
        <ChangePassword
          onChanged={() => tell(t('password.changed'))}
          {...(account.username ? { username: account.username } : {})}
        />
      </Card>
      <SecondFactor />
      <MyApps />
    </Page>
  )
}

function Sessions() {
  const t = useWords(identityWords)
  const { briefly } = useDates()
  const confirm = useConfirm()
  const tellRefused = useTellRefused()
  const read = useRead(identityApi.listSessions, {}, { live: ['identity.session'] })
  const end = useWrite(identityApi.endSession, {
    touches: ['identity.session'],
    onDone: () => void read.refetch(),
  })
  const endAll = useWrite(identityApi.endAllSessions, { onDone: () => location.assign('/') })
  const columns: Column<SessionLine>[] = [
    {
      key: 'agent',
      title: t('mine.device'),
      cell: (line) => (
        <span title={line.agent}>
          {deviceOf(line.agent)} {line.current && <StateTag tone="accent">{t('mine.this')}</StateTag>}
        </span>
      ),
    },
    { key: 'address', title: t('mine.address'), cell: (line) => line.address },
    { key: 'since', title: t('mine.since'), short: true, cell: (line) => briefly(line.since) },
    { key: 'seenAt', title: t('mine.seen'), short: true, cell: (line) => briefly(line.seenAt) },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (line) =>
        line.current ? null : (
          <Button
            size="small"
            onClick={() => end.mutate({ params: { id: line.id } }, { onError: tellRefused })}
          >
            {t('mine.end')}
          </Button>
        ),
    },
  ]
  const everywhere = () =>
    confirm({
      label: t('mine.end-all'),
      confirm: t('mine.end-all-hint'),
      danger: true,
      run: () => endAll.mutate({}, { onError: tellRefused }),
    })
  return (
    <Card
      title={t('mine.sessions')}
      extra={
        <Button danger onClick={everywhere}>
          {t('mine.end-all')}
        </Button>
      }
      flush
    >
      <Loaded read={read}>
        {({ items }) => (
          <Table label={t('mine.sessions')} columns={columns} rows={items} keyOf={({ id }) => id} />
        )}
      </Loaded>
    </Card>
  )
}
