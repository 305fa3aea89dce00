import type { ErrorCode } from '../errors.ts'
import type { ErrorText } from './error-message.ts'
import { jaDatasets } from './ja-datasets.ts'
import { jaDesk } from './ja-desk.ts'
import { jaExports } from './ja-exports.ts'
import { jaPeople } from './ja-people.ts'
import { jaResults } from './ja-results.ts'
import { jaRules } from './ja-rules.ts'
import { jaSubmissions } from './ja-submissions.ts'
import { jaTeams } from './ja-teams.ts'

/** `title`: 何が起きたか。`action`: 次に何をすればよいか。1 年生にも分かる言葉で書きます。 */
export const ja: Record<ErrorCode, ErrorText> = {
  ...jaPeople,
  ...jaDesk,
  ...jaExports,
  ...jaResults,
  ...jaRules,
  ...jaTeams,
  ...jaSubmissions,
  VALIDATION_FAILED: {
    title: '入力内容に正しくないところがあります。',
    action: '印の付いた項目を直して、もう一度送信してください。',
  },
  UNAUTHENTICATED: {
    title: 'サインインしていません。',
    action: 'サインインしてから、もう一度お試しください。',
  },
  FORBIDDEN: {
    title: 'この操作をする権限がありません。',
    action: '権限があるはずの場合は、担当の先生に相談してください。',
  },
  CROSS_SITE_REQUEST: {
    title: '別のサイトから送られた要求のため、受け付けませんでした。',
    action:
      'このサービスのアドレスを直接開いて、もう一度お試しください。スクリプトからはクッキーではなく API キーを使ってください。',
  },
  NOT_FOUND: {
    title: 'ページが見つからないか、見る権限がありません。',
    action: 'アドレスを確かめてください。あるはずのページなら、先にサインインしてください。',
  },
  RATE_LIMITED: {
    title: '短い時間に要求が集中しました。',
    action: '{retryAfterSeconds} 秒待ってから、もう一度お試しください。',
  },
  INTERNAL: {
    title: 'サーバー側で問題が起きました。',
    action:
      '1 分ほど待ってからもう一度お試しください。続く場合は、リクエスト番号を担当の先生に伝えてください。',
  },
  SERVICE_UNAVAILABLE: {
    title: 'サービスが混み合っているか、起動中です。',
    action: '1 分ほど待ってから、もう一度お試しください。',
  },
  STORAGE_UNAVAILABLE: {
    title: 'ファイルの保存先に接続できません。',
    action:
      '{retryAfterSeconds} 秒ほど待ってから、もう一度お試しください。提出の途中だった場合、その提出は受け付けられておらず、提出回数も減っていません。',
  },
  SIGN_IN_FAILED: {
    title: 'メールアドレスまたはパスワードが違います。',
    action:
      '両方を確かめて、もう一度お試しください。まだ登録していない場合は、ラウンドの参加コードで登録してください。',
  },
  CURRENT_PASSWORD_WRONG: {
    title: '今のパスワードが違います。',
    action: 'もう一度入力してください。忘れた場合は、担当の先生に再設定のリンクを頼んでください。',
  },
  EMAIL_TAKEN: {
    title: 'このメールアドレスはすでに登録されています。',
    action:
      'そのアカウントでサインインしてから、参加コードでラウンドに参加してください。招待状を受け取った人は、先にそのリンクを開いてください。',
  },
  SETUP_LINK_INVALID: {
    title: 'この初期設定リンクは無効か、すでに使われています。',
    action:
      'サーバーを最後に起動したときに表示されたリンクを使ってください。先生のアカウントがすでにある場合は、サインインしてください。',
  },
  SLUG_TAKEN: {
    title: 'アドレス「{slug}」は別のラウンドが使っています。',
    action: '別のアドレスを選んでください。',
  },
  ROUND_NOT_SCHEDULED: {
    title: 'このラウンドの開始日時はまだ決まっていません。',
    action: '担当の先生がラウンドを開始するまでお待ちください。',
  },
  ROUND_NOT_OPEN_YET: {
    title: 'このラウンドはまだ始まっていません。',
    action: '{opensAt} 以降に提出してください。',
  },
  ROUND_CLOSED: {
    title: 'このラウンドは {closesAt} に終了しました。',
    action: 'これ以上の提出やチームの変更はできません。ランキングは引き続き見られます。',
  },
  ROUND_NOT_JOINED: {
    title: 'このラウンドに参加していません。',
    action: '担当の先生から受け取った参加コードで参加してください。',
  },
  ROUND_TRANSITION_INVALID: {
    title: 'ラウンドが「{state}」の状態では、この操作はできません。',
    action: 'ページを読み込み直して、今の状態を確かめてください。',
  },
  ROUND_DATES_INVALID: {
    title: 'ラウンドの日時の組み合わせが正しくありません。',
    action: '開始日時を入れ、終了日時は開始日時より前にならないようにしてください。',
  },
  ROUND_LOCKED: {
    title: 'このラウンドにはすでにモデルが提出されているため、変更できません。',
    action:
      '別のデータセットで採点し直すには「再採点」を使ってください。公開割合を変えるときややり直すときは、新しいラウンドを作ってください。',
  },
  ENTRY_NAME_TAKEN: {
    title: 'チーム名「{name}」は、このラウンドで別のチームが使っています。',
    action: '別の名前を選んでください。',
  },
  UPLOAD_NO_FILES: {
    title: 'ファイルが送られていません。',
    action:
      'モデルのファイルを選んでください（.keras・.h5・.onnx のどれか一つ、model.json と重みファイルすべて、またはそれらをまとめた zip）。',
  },
  UPLOAD_TOO_MANY_FILES: {
    title: '一度に送れるファイルは {limit} 個までです。',
    action: '1 つのモデルのファイルだけを送るか、1 つの zip にまとめてください。',
  },
  UPLOAD_NAME_REPEATED: {
    title: '同じ名前のファイルが二つあります：{name}',
    action: '一つのモデルのファイルだけを、別々の名前で送ってください。一つの zip にまとめても送れます。',
  },
  UPLOAD_TOO_LARGE: {
    title: 'ファイルの大きさが、このラウンドの上限（{limitBytes}）を超えています。',
    action: 'モデルに必要なファイルだけを送るか、モデルを小さくしてください。',
  },
  UPLOAD_INCOMPLETE: {
    title: 'アップロードが途中で切れました。',
    action: '通信状態を確かめて、もう一度送ってください。提出回数には数えられていません。',
  },
  UPLOAD_META_INVALID: {
    title: '提出の説明（meta という項目）がないか、正しくありません。',
    action: 'meta は JSON で、ファイルより先に送ってください。例: {"preprocessing":{"preset":"unit"}}',
  },
  PREPROCESSING_INVALID: {
    title: '前処理の指定が正しくありません。',
    action:
      '学習の前に画像に行った処理を選んでください: raw、unit、signed、standardized、unit-minus-pixel-mean、custom。',
  },
  PREPROCESSING_UNAVAILABLE: {
    title: 'データセットに学習用画像がないため、このラウンドでは前処理「{preset}」を使えません。',
    action: '「custom」を選び、平均と標準偏差を自分で入力してください。',
  },
  MODEL_FORMAT_UNKNOWN: {
    title: 'モデルとして読めるファイルではありません: {files}',
    action:
      'Keras のファイル（.keras または .h5）、ONNX ファイル（.onnx）、または model.json と重みファイルすべてのどれかを提出してください。',
  },
  MODEL_FORMAT_UNSUPPORTED: {
    title: '「{format}」形式のモデルは採点できません。',
    action: '別の形式で保存し直して、できたファイルを提出してください。例: {recipe}',
  },
  MODEL_FORMAT_OUTDATED: {
    title: 'TensorFlow.js 1.0 より前の形式のモデルです（{file}）。この形式は読めません。',
    action: '今の tensorflowjs_converter で変換し直すか、元の Keras ファイル（.h5）を提出してください。',
  },
  MODEL_FILE_EMPTY: {
    title: '空のファイルがあります: {file}',
    action: 'モデルを保存し直し、どのファイルも 0 バイトでないことを確かめてから、すべて送ってください。',
  },
  MODEL_FILE_DAMAGED: {
    title: '{format} ファイルが壊れているか、Keras のモデルにはない内容を含んでいます。',
    action: 'model.save("model.keras") でモデルを保存し直し、できたファイルをそのまま提出してください。',
  },
  MODEL_SUBCLASSED: {
    title:
      'モデルが独自のクラス（{name}）で作られています。ファイルには重みだけがあり、計算の内容がありません。',
    action:
      '同じモデルを keras.Sequential か keras.Model(inputs, outputs) で組み立て、重みを読み込んでから保存し直して提出してください。',
  },
  MODEL_FILES_MISSING: {
    title: 'モデルのファイルが足りません: {files}',
    action:
      'モデルのファイルをすべて一緒に提出してください（model.json と重みファイルすべて、または JSON と .h5 ファイル）。',
  },
  MODEL_FILES_UNUSED: {
    title: 'モデルが二つ以上あるか、どのモデルにも関係のないファイルがあります: {files}',
    action: '一つのモデルのファイルだけを提出してください。',
  },
  MODEL_ARCHIVE_DAMAGED: {
    title: '{file} が途中で切れているか、壊れています。',
    action: 'モデルを保存し直すか、ファイルをダウンロードし直して、もう一度提出してください。',
  },
  MODEL_ARCHIVE_INVALID: {
    title: 'zip を展開できません。',
    action:
      'パスワードを付けずに zip を作り直して送ってください。zip にせずに、ファイルをそのまま送ることもできます。',
  },
  MODEL_JSON_INVALID: {
    title: 'JSON ファイルが壊れているか、モデルの記述ではありません: {files}',
    action: 'モデルを保存し直し、できたファイルを編集せずに提出してください。',
  },
  MODEL_TOPOLOGY_MISSING: {
    title: '重みだけがあり、層の構成がないファイルです。',
    action:
      'model.save("model.keras") でモデル全体を保存してください。save_weights では層の構成が保存されません。',
  },
  MODEL_TOPOLOGY_INVALID: {
    title: 'モデルの層の構成が正しくないため、動かせません。',
    action:
      '保存したファイルを手元で読み込んで予測できることを確かめ、保存し直して、変更せずに提出してください。',
  },
  LAYER_UNSUPPORTED: {
    title: '採点できない層がモデルに含まれています: {layer}{named}',
    action: 'Keras の標準の層に置き換えて、学習し直してください。',
  },
  INPUT_SHAPE_MISMATCH: {
    title: 'モデルの入力の形は {found} ですが、このラウンドの画像は {expected} です。',
    action: 'この形の画像を受け取るモデルを作り（1 列に並べた入力でもかまいません）、学習し直してください。',
  },
  INPUT_TYPE_MISMATCH: {
    title: 'このモデルの入力は 0 から 255 の整数ですが、前処理「{preset}」では整数になりません。',
    action: '前処理に「raw」を選ぶか、入力を float にしてモデルを書き出し直してください。',
  },
  OUTPUT_SHAPE_MISMATCH: {
    title: 'モデルの出力は {found} ですが、このラウンドでは {expected} クラスそれぞれに 1 つの数が必要です。',
    action: '最後の層のユニット数を、クラスの数と同じにしてください。',
  },
  WEIGHTS_MISMATCH: {
    title: '重みがモデルの層と合っていません。{mismatch}。',
    action: '同じときに保存したファイルを、すべて、変更せずに提出してください。',
  },
  WEIGHTS_TRUNCATED: {
    title: '重みファイルが途中で切れています。{expected} バイト必要ですが、{found} バイトしかありません。',
    action:
      '重みファイルを最後までコピーまたはダウンロードし直し、同じときに保存したモデルのファイルと一緒に送ってください。',
  },
  WEIGHTS_NOT_FINITE: {
    title: '重み（{weight}）に NaN または無限大が含まれています。',
    action: '学習が発散しています。学習率を下げて学習し直し、損失が数のままか確かめてください。',
  },
  MODEL_TOO_LARGE: {
    title: 'モデルが大きすぎるため、採点できません。',
    action: '層を減らすか、小さくしてください。',
  },
  ONNX_INVALID: {
    title: 'ONNX ファイルを読み込めないか、画像 1 枚を入力とするモデルではありません。',
    action:
      'ファイルが途中で切れていないか、onnx.checker.check_model で問題がないかを確かめ、画像だけを入力とするモデルとして書き出し直してください。',
  },
  ONNX_OPSET_UNSUPPORTED: {
    title: 'この ONNX ファイルは opset {opset} です。採点できるのは opset {oldest} から {newest} までです。',
    action: 'torch.onnx.export(…, opset_version=17) のように opset を指定して書き出し直してください。',
  },
  ONNX_EXTERNAL_DATA: {
    title: 'この ONNX ファイルの重みは別のファイルにありますが、そのファイルがありません: {file}',
    action:
      '保存したときの名前のまま、二つのファイルを一緒に提出してください。torch.onnx.export(…, external_data=False) で一つのファイルにまとめることもできます。',
  },
  MODEL_TOO_SLOW: {
    title: '採点にかけられる時間を超えました。',
    action:
      'フィルターを減らす、カーネルを小さくする、早めにプーリングするなどして、モデルを軽くしてください。',
  },
  OUT_OF_MEMORY: {
    title: '採点で使えるメモリーを超えました。',
    action: 'フィルターを減らす、早めにプーリングするなどして、モデルを小さくしてください。',
  },
  OUTPUT_NOT_FINITE: {
    title: 'モデルの出力に NaN または無限大が含まれています。',
    action: '前処理の指定が正しいか、手元の画像では数が出るかを確かめてください。',
  },
  ENGINE_CRASHED: {
    title: 'このモデルの採点中に、採点プログラムが 2 回とも異常終了しました。',
    action: '特殊な層や極端な大きさがないか確かめて、保存し直すか、担当の先生に相談してください。',
  },
  ENGINE_UNAVAILABLE: {
    title: 'このラウンドの採点プログラムを起動できませんでした。',
    action: 'あなたの責任ではなく、提出回数にも数えられません。担当の先生に知らせてください。',
  },
  SCORING_INTERRUPTED: {
    title: '採点が何度も中断されました。',
    action:
      'あなたの責任ではなく、提出回数にも数えられません。もう一度提出するか、担当の先生に知らせてください。',
  },
  SCORING_TIMED_OUT: {
    title: 'モデルの計算以外の理由で、採点が時間内に終わりませんでした。',
    action: 'あなたの責任ではなく、提出回数にも数えられません。時間をおいて、もう一度提出してください。',
  },
  SUBMISSION_FINISHED: {
    title: 'この提出の処理はすでに終わっています。',
    action: '取り消すことはできません。',
  },
  BACKUP_RUNNING: {
    title: 'いま別のバックアップを作成しています。',
    action: '終わるまで待ってから、一覧を読み込み直してください。',
  },
  ...jaDatasets,
}
