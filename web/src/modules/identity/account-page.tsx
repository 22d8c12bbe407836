import { identityApi } from '@tongmai/api/identity'
import type { Account } from '@tongmai/api/identity/account'
import type { OpenMove } from '@tongmai/api/kernel'
import { Alert, Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useGo, useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { AccountState } from './account-list.tsx'
import { PractitionerSlot } from './practitioner-slot.tsx'
import { RolePicker } from './roles.tsx'
import { type Once, ShownOnce } from './shown-once.tsx'
import { identityWords } from './words.ts'

/** One account: who it is, its roles here, and what the administrator may do with it. */
export function AccountPage() {
  const id = useParam('id')
  const read = useRead(identityApi.findAccount, { params: { id } }, { live: [`account:${id}`] })
  return <Loaded read={read}>{(account) => <Found key={account.version} account={account} />}</Loaded>
}

function Found({ account }: { account: Account }) {
  const t = useWords(identityWords)
  const { moment } = useDates()
  return (
    <Page title={account.name} hint={account.username} actions={<Moves account={account} />}>
      {!account.home && <Alert type="info" showIcon title={t('account.guest-hint')} />}
      <Card title={t('account.one')}>
        <Facts
          facts={[
            [t('account.state'), <AccountState key="state" account={account} />],
            [
              t('account.second-factor'),
              t(account.secondFactor ? 'account.second-on' : 'account.second-off'),
            ],
            [t('account.signed-in-at'), account.signedInAt ? moment(account.signedInAt) : t('account.never')],
            [t('account.added-at'), moment(account.addedAt)],
          ]}
        />
      </Card>
      <Post account={account} />
    </Page>
  )
}

function Post({ account }: { account: Account }) {
  const t = useWords(identityWords)
  const say = useSay()
  const tell = useTell()
  const [roles, setRoles] = useState(account.roles)
  const [practitionerId, setPractitionerId] = useState(account.practitionerId)
  const change = useWrite(identityApi.changePost, {
    touches: ['identity.account'],
    onDone: () => tell(t('account.changed')),
  })
  const move = account.moves.find((one) => one.move === 'changePost')
  const { id, version } = account
  return (
    <Card title={t('account.roles-here')}>
      <div style={{ display: 'grid', gap: 12, maxWidth: 560 }}>
        <RefusalNote refused={change.error} />
        <Field label={t('account.roles')} hint={move?.why && say(move.why)}>
          {(field) => <RolePicker id={field} value={roles} onChange={setRoles} />}
        </Field>
        <PractitionerSlot value={practitionerId} onChange={setPractitionerId} />
        <div className="tm-row">
          <Button
            type="primary"
            disabled={!move?.open || roles.length === 0}
            loading={change.isPending}
            onClick={() => change.mutate({ params: { id }, body: { roles, practitionerId, version } })}
          >
            {t('account.save')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function Moves({ account }: { account: Account }) {
  const t = useWords(identityWords)
  const tell = useTell()
  const go = useGo()
  const onError = useTellRefused()
  const confirm = useConfirm()
  const [once, setOnce] = useState<Once | null>(null)
  const asked = { params: { id: account.id } }
  const changed = { touches: ['identity.account'], onDone: () => tell(t('account.changed')) }
  const enable = useWrite(identityApi.enableAccount, changed)
  const disable = useWrite(identityApi.disableAccount, changed)
  const unlock = useWrite(identityApi.unlockAccount, changed)
  const reset = useWrite(identityApi.resetPassword, {
    touches: ['identity.account'],
    onDone: ({ password }) =>
      setOnce({ hint: t('once.password'), of: `${account.name}（${account.username}）`, secret: password }),
  })
  const end = useWrite(identityApi.endPost, {
    touches: ['identity.account'],
    onDone: () => {
      tell(t('account.ended'))
      go('/accounts')
    },
  })
  const buttons = {
    unlock: () => unlock.mutate(asked, { onError }),
    enable: () => enable.mutate(asked, { onError }),
    resetPassword: () => reset.mutate(asked, { onError }),
    endPost: () => end.mutate(asked, { onError }),
    disable: () => disable.mutate(asked, { onError }),
  } as const
  const run = (move: keyof typeof buttons) => {
    const label = t(`move.${move}`)
    if (move === 'unlock' || move === 'enable') return buttons[move]()
    confirm({ label, confirm: t(`confirm.${move}`), danger: true, run: buttons[move] })
  }
  return (
    <>
      {(Object.keys(buttons) as (keyof typeof buttons)[]).map((move) => (
        <MoveButton
          key={move}
          label={t(`move.${move}`)}
          danger={move === 'disable' || move === 'endPost'}
          open={account.moves.find((one) => one.move === move)}
          onClick={() => run(move)}
        />
      ))}
      <ShownOnce once={once} onKept={() => setOnce(null)} />
    </>
  )
}

interface MoveButtonProps {
  readonly label: string
  readonly danger: boolean
  readonly open: OpenMove | undefined
  readonly onClick: () => void
}

/** Moves that make no sense in this state are left out; those that are another's say whose. */
function MoveButton({ label, danger, open, onClick }: MoveButtonProps) {
  const say = useSay()
  if (!open) return null
  const outOfPlace = open.why !== 'identity.not-yourself' && open.why !== 'identity.not-home'
  if (!open.open && outOfPlace) return null
  return (
    <Tooltip title={open.why && say(open.why)}>
      <Button danger={danger} disabled={!open.open} onClick={onClick}>
        {label}
      </Button>
    </Tooltip>
  )
}
