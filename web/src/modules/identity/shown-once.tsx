import { App, Button, Modal, Typography } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { identityWords } from './words.ts'

/** A password or secret that is shown this once. */
export interface Once {
  readonly hint: string
  readonly of: string
  readonly secret: string
}

/** Shows it, until the person says that it is kept; nothing closes it by accident. */
export function ShownOnce({ once, onKept }: { once: Once | null; onKept: () => void }) {
  const t = useWords(identityWords)
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard?.writeText(once?.secret ?? '')
    void message.success(t('once.copied'))
  }
  return (
    <Modal
      open={once !== null}
      destroyOnHidden
      title={t('once.title')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={[
        <Button key="copy" onClick={() => void copy()}>
          {t('once.copy')}
        </Button>,
        <Button key="kept" type="primary" onClick={onKept}>
          {t('once.kept')}
        </Button>,
      ]}
    >
      <p>{once?.of}</p>
      <p>
        <Typography.Text code style={{ fontSize: 18, overflowWrap: 'anywhere' }}>
          {once?.secret}
        </Typography.Text>
      </p>
      <p className="tm-quiet">{once?.hint}</p>
    </Modal>
  )
}
