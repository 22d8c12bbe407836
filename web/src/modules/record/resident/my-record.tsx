import { mineApi } from '@tongmai/api/resident/mine'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block, Row } from '../../../ui/light/block.tsx'
import { MyRecord } from './record-page.tsx'
import { recordResidentWords } from './words.ts'

/** The tab: my own record, and the way to those of the people I stand for. */
export function MyRecordTab() {
  const t = useWords(recordResidentWords)
  const { residents } = useResident()
  const known = useRead(mineApi.readMe, {})
  const nameOf = (id: string) => known.data?.find((one) => one.id === id)?.name
  const [self, ...others] = residents
  if (!self) return <p>{t('none')}</p>
  return (
    <>
      {others.length > 0 && (
        <Block title={t('whose')}>
          {others.map(({ id }) => (
            <Row key={id} title={nameOf(id) ?? t('another')} to={`/record/${id}`} />
          ))}
        </Block>
      )}
      <MyRecord residentId={self.id} />
    </>
  )
}
