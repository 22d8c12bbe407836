import { capacityApi } from '@tongmai/api/capacity'
import { Button, Dropdown, Input, Modal } from 'antd'
import { useState } from 'react'
import { useSession } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { capacityWords } from './words.ts'

/** Makes a private address for calendar programs: of this department, or of my own sessions. */
export function CalendarLink({ departmentId }: { departmentId: string | null }) {
  const t = useWords(capacityWords)
  const tell = useTell()
  const tellRefused = useTellRefused()
  const { practitionerId } = useSession()
  const [url, setUrl] = useState<string>()
  const make = useWrite(capacityApi.makeCalendarLink, { onDone: (answer) => setUrl(answer.url) })
  const run = (body: { departmentId: string | null }) => make.mutate({ body }, { onError: tellRefused })
  const items = [
    ...(departmentId ? [{ key: 'department', label: t('calendar.title') }] : []),
    ...(practitionerId ? [{ key: 'mine', label: t('calendar.mine') }] : []),
  ]
  return (
    <>
      <Dropdown
        disabled={items.length === 0}
        menu={{
          items,
          onClick: ({ key }) => run({ departmentId: key === 'mine' ? null : departmentId }),
        }}
      >
        <Button loading={make.isPending}>{t('calendar.subscribe')}</Button>
      </Dropdown>
      {url && (
        <Modal
          open
          title={t('calendar.link')}
          okText={t('calendar.copy')}
          onOk={() => void navigator.clipboard.writeText(url).then(() => tell(t('calendar.copied')))}
          onCancel={() => setUrl(undefined)}
        >
          <p>{t('calendar.link-hint')}</p>
          <Input.TextArea
            readOnly
            autoSize
            aria-label={t('calendar.link')}
            value={url}
            onFocus={({ target }) => target.select()}
          />
        </Modal>
      )}
    </>
  )
}
