import { type TechniquePage as Shown, techniqueApi } from '@tongmai/api/technique'
import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { MasteryTable } from './mastery-table.tsx'
import { SignOff } from './sign-off.tsx'
import { ChangeTechnique } from './technique-form.tsx'
import { techniqueWords } from './words.ts'

/** One technique: what it is, who does it where, and what its versions said. */
export function TechniquePage() {
  const id = useParam('id')
  const read = useRead(techniqueApi.readTechnique, { params: { id } }, { live: [`technique:${id}`] })
  return <Loaded read={read}>{(technique) => <Found of={technique} />}</Loaded>
}

function Found({ of }: { of: Shown }) {
  const t = useWords(techniqueWords)
  const say = useSay()
  const { moment } = useDates()
  const [doing, setDoing] = useState<'change' | 'sign'>()
  const done = () => setDoing(undefined)
  const head = (
    <>
      {of.name} {of.retiredOn && <StateTag tone="bad">{t('retired')}</StateTag>}
    </>
  )
  return (
    <Page
      title={head}
      hint={`${t(`kind.${of.kind}`)} · ${say(`network.specialty.${of.specialty}`)} · ${of.code}`}
      actions={
        <>
          {of.mayManage && <Retire of={of} />}
          {of.mayManage && <Button onClick={() => setDoing('change')}>{t('change')}</Button>}
          {of.maySignOff && (
            <Button type="primary" onClick={() => setDoing('sign')}>
              {t('sign-off')}
            </Button>
          )}
        </>
      }
    >
      {doing === 'change' && <ChangeTechnique of={of} onClose={done} />}
      {doing === 'sign' && <SignOff of={of} onClose={done} />}
      <Card title={t('masters')} flush>
        <MasteryTable filter={{ techniqueId: of.id }} by="institution" />
      </Card>
      <Cards least={420}>
        <Card title={t('facts')}>
          <Facts
            facts={[
              [t('level-title'), t(`level.${of.level}`)],
              [t('aliases'), of.aliases.join('、')],
              [t('note'), of.note],
            ]}
          />
        </Card>
        <Card title={t('versions')}>
          <Facts
            facts={of.versions.map(({ version, at, facts }) => [
              t('version', { version }),
              `${facts.name} · ${t(`level.${facts.level}`)} · ${moment(at)}`,
            ])}
          />
        </Card>
      </Cards>
    </Page>
  )
}

function Retire({ of }: { of: Shown }) {
  const t = useWords(techniqueWords)
  const tell = useTell()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const { id, name, version } = of
  const retire = useWrite(techniqueApi.retireTechnique, {
    touches: ['technique'],
    onDone: () => tell(`${name}：${t('retired')}`),
  })
  const run = () => retire.mutate({ params: { id }, body: { version } }, { onError })
  return (
    <Button
      danger
      loading={retire.isPending}
      onClick={() =>
        confirm({ label: `${t('retire')} ${name}`, confirm: t('retire-confirm'), danger: true, run })
      }
    >
      {t('retire')}
    </Button>
  )
}
