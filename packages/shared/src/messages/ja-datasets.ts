import type { ErrorCode } from '../errors.ts'
import type { ErrorText } from './error-message.ts'

/** データセットと学習用画像についての言葉。 */
export const jaDatasets = {
  DATASET_FORMAT_UNKNOWN: {
    title: '選んだデータセット形式のファイルではありません。',
    action: '公式のファイルをダウンロードしたまま使い、それに合う形式を選んでください。',
  },
  DATASET_SIZE_INVALID: {
    title: 'データセットのファイルの大きさが、形式と合いません。',
    action: '途中で切れているおそれがあるため、ダウンロードし直してください。',
  },
  DATASET_LABELS_MISSING: {
    title: '画像に対応するラベルがありません。',
    action: '画像ファイルとラベルファイルを一緒に送ってください。',
  },
  DATASET_LABEL_OUT_OF_RANGE: {
    title: 'クラスのないラベルがデータセットに含まれています。',
    action: '正しいファイルか、途中で切れていないかを確かめてください。',
  },
  DATASET_TRAINING_OVERLAP: {
    title: '学習用画像の中に、非公開のテスト画像と同じものがあります。',
    action: '学習用画像は学生に見えるため、テスト画像と同じものは除いてください。',
  },
  DATASET_TOO_SMALL: {
    title: '画像が少なすぎるクラスがあります。',
    action: 'どのクラスにも、公開用と非公開用に合わせて 2 枚以上のテスト画像が必要です。',
  },
  DATASET_TOO_LARGE: {
    title: '画像が多すぎるため、取り込めません（展開して {limitBytes} まで）。',
    action: '画像の大きさを小さくするか、枚数を減らしてください。',
  },
  DATASET_ARCHIVE_INVALID: {
    title: '{file} を展開できません。',
    action: 'パスワードを付けずに zip を作り直してください。画像は 5 万枚、1 枚 32 MB まで入れられます。',
  },
  DATASET_ARRAYS_INVALID: {
    title: '{file} の配列を読めません。',
    action:
      '画像（x_test または images）は uint8 で [枚数, 高さ, 幅] か [枚数, 高さ, 幅, 1 または 3]、正解（y_test または labels）は整数で [枚数] の形にして、numpy.savez で保存してください。',
  },
  DATASET_FOLDERS_INVALID: {
    title: '{file} の中が、クラスごとのフォルダーに分かれていません。',
    action:
      'クラスの名前のフォルダーを 2〜256 個作り、その中に JPEG か PNG の画像を入れて zip にしてください。どのクラスのフォルダーも同じ場所に置きます。',
  },
  DATASET_CLASSES_DIFFER: {
    title: '採点用の zip にないクラスが、学習用の zip にあります: {names}',
    action: '2 つの zip で、フォルダーの名前をそろえてください。',
  },
  DATASET_IMAGE_INVALID: {
    title: '読めない画像があります: {file}',
    action: '壊れているか、大きすぎる画像です（5,000 万画素まで）。取り除くか、保存し直してください。',
  },
  DATASET_IN_USE: {
    title: 'このデータセットは、ラウンドで使われています: {rounds}',
    action: '使っているラウンドを先に削除してください。提出のあるラウンドのデータセットは消せません。',
  },
  DOWNLOAD_RUNNING: {
    title: '同じデータセットをダウンロードしているところです。',
    action: '終わるまでお待ちください。進み具合はこのページに表示されます。',
  },
  DOWNLOAD_FAILED: {
    title: '{host} からダウンロードできませんでした。',
    action:
      'サーバーがインターネットにつながっていないときは、手元でダウンロードしたファイルをこのページのフォームから送ってください。もう一度試すと、途中から続けます。',
  },
  DOWNLOAD_DAMAGED: {
    title: '{host} から届いた {file} は、公式のファイルと一致しませんでした。',
    action:
      'ファイルは捨てました。もう一度試すか、手元でダウンロードしたファイルをこのページのフォームから送ってください。',
  },
  TRAINING_SAMPLE_UNAVAILABLE: {
    title: 'このラウンドには、配布できる学習用画像がありません。',
    action: '使うデータセットを授業で確かめて、公式の場所からダウンロードしてください。',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>
