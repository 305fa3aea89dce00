import type { ErrorCode } from '../errors.ts'
import { enDatasets } from './en-datasets.ts'
import { enDesk } from './en-desk.ts'
import { enExports } from './en-exports.ts'
import { enPeople } from './en-people.ts'
import { enResults } from './en-results.ts'
import { enRules } from './en-rules.ts'
import { enSubmissions } from './en-submissions.ts'
import { enTeams } from './en-teams.ts'
import type { ErrorText } from './error-message.ts'

/** `title`: what happened. `action`: what to do next. Words that a first-year student understands. */
export const en: Record<ErrorCode, ErrorText> = {
  ...enPeople,
  ...enDesk,
  ...enExports,
  ...enResults,
  ...enRules,
  ...enTeams,
  ...enSubmissions,
  VALIDATION_FAILED: {
    title: 'Some of the input is not valid.',
    action: 'Correct the fields that are marked, then send it again.',
  },
  UNAUTHENTICATED: { title: 'You are not signed in.', action: 'Sign in, then try again.' },
  FORBIDDEN: {
    title: 'You are not allowed to do this.',
    action: 'Ask an instructor if you think that you should be.',
  },
  CROSS_SITE_REQUEST: {
    title: 'This request came from another site, so it was refused.',
    action:
      'Open this service by its own address and try again there. Scripts send an API key instead of a cookie.',
  },
  NOT_FOUND: {
    title: 'There is nothing here, or you may not see it.',
    action: 'Check the address. If it should be there, sign in first.',
  },
  RATE_LIMITED: {
    title: 'Too many requests in a short time.',
    action: 'Wait {retryAfterSeconds} seconds, then try again.',
  },
  INTERNAL: {
    title: 'Something went wrong on our side.',
    action: 'Try again in a minute. If it happens again, give the request number to your instructor.',
  },
  SERVICE_UNAVAILABLE: {
    title: 'The service is busy or starting up.',
    action: 'Try again in a minute.',
  },
  STORAGE_UNAVAILABLE: {
    title: 'The place where files are kept cannot be reached.',
    action:
      'Wait {retryAfterSeconds} seconds, then try again. A submission that was under way was not taken and costs nothing.',
  },
  SIGN_IN_FAILED: {
    title: 'The e-mail address or the password is wrong.',
    action:
      'Check both and try again. If you have no account yet, register with the join code of your round.',
  },
  CURRENT_PASSWORD_WRONG: {
    title: 'The current password is wrong.',
    action: 'Type it again. If you have forgotten it, ask your instructor for a link to set a new one.',
  },
  EMAIL_TAKEN: {
    title: 'An account with this e-mail address exists already.',
    action:
      'Sign in with it, then join the round with its join code. If you got an invitation, open its link first.',
  },
  SETUP_LINK_INVALID: {
    title: 'This set-up link is not valid, or was used already.',
    action:
      'Use the link that the last start of the server printed. If an instructor exists already, sign in.',
  },
  SLUG_TAKEN: {
    title: 'Another round has the address “{slug}” already.',
    action: 'Choose another address for this round.',
  },
  ROUND_NOT_SCHEDULED: {
    title: 'This round has no opening date yet.',
    action: 'Wait until your instructor opens it.',
  },
  ROUND_NOT_OPEN_YET: {
    title: 'This round is not open yet.',
    action: 'Submit from {opensAt} on.',
  },
  ROUND_CLOSED: {
    title: 'This round closed on {closesAt}.',
    action: 'Submissions and teams stay as they are. The ranking stays visible.',
  },
  ROUND_NOT_JOINED: {
    title: 'You have not joined this round.',
    action: 'Join it with the join code that your instructor gave you.',
  },
  ROUND_TRANSITION_INVALID: {
    title: 'This cannot be done while the round is in the state “{state}”.',
    action: 'Reload the page to see the present state.',
  },
  ROUND_DATES_INVALID: {
    title: 'The dates of the round do not fit together.',
    action: 'Give an opening date, and a closing date that is not before it.',
  },
  ROUND_LOCKED: {
    title: 'Models were submitted to this round already, so this can no longer be changed.',
    action:
      'To score on another dataset, start a rescore. To use another public share or to start over, make a new round.',
  },
  ENTRY_NAME_TAKEN: {
    title: 'Another team in this round has the name “{name}” already.',
    action: 'Choose another name.',
  },
  UPLOAD_NO_FILES: {
    title: 'No file was sent.',
    action:
      'Choose the files of your model: one .keras, .h5 or .onnx file, model.json with its weight files, or a zip of them.',
  },
  UPLOAD_TOO_MANY_FILES: {
    title: 'More than {limit} files were sent at once.',
    action: 'Send only the files of one model, or pack them into one zip.',
  },
  UPLOAD_NAME_REPEATED: {
    title: 'Two of the files have the same name: {name}.',
    action: 'Send only the files of one model, each under its own name, or pack them into one zip.',
  },
  UPLOAD_TOO_LARGE: {
    title: 'The files are larger than this round allows ({limitBytes}).',
    action: 'Send only the files that belong to the model, or make the model smaller.',
  },
  UPLOAD_INCOMPLETE: {
    title: 'The upload broke off before everything had arrived.',
    action: 'Check your connection and send the files again. Nothing was counted.',
  },
  UPLOAD_META_INVALID: {
    title: 'The description of the submission (the field “meta”) is missing or not valid.',
    action: 'Send “meta” as JSON before the files, for example {"preprocessing":{"preset":"unit"}}.',
  },
  PREPROCESSING_INVALID: {
    title: 'The preprocessing is not one that we know, or its numbers are not valid.',
    action:
      'Choose what you did to the images before training: raw, unit, signed, standardized, unit-minus-pixel-mean or custom.',
  },
  PREPROCESSING_UNAVAILABLE: {
    title:
      'The preprocessing “{preset}” cannot be used in this round, because its dataset has no training images.',
    action: 'Choose “custom” and give the mean and the standard deviation yourself.',
  },
  MODEL_FORMAT_UNKNOWN: {
    title: 'These files are not a model that we can read: {files}.',
    action:
      'Send one of these: a Keras file (.keras or .h5), an ONNX file (.onnx), or model.json with all of its weight files.',
  },
  MODEL_FORMAT_UNSUPPORTED: {
    title: 'Models in the format “{format}” cannot be scored.',
    action: 'Save the model in another format and send that: {recipe}',
  },
  MODEL_FORMAT_OUTDATED: {
    title: 'This is a TensorFlow.js model from before version 1.0 ({file}), which can no longer be read.',
    action:
      'Convert it again with a present tensorflowjs_converter, or send the Keras file (.h5) that it was made from.',
  },
  MODEL_FILE_EMPTY: {
    title: 'A file is empty: {file}.',
    action: 'Save the model again and look whether every file has a size, then send all of them.',
  },
  MODEL_FILE_DAMAGED: {
    title: 'The {format} file is damaged, or holds something that no Keras model holds.',
    action: 'Save the model again with model.save("model.keras") and send the new file unchanged.',
  },
  MODEL_SUBCLASSED: {
    title: 'The model is a class of its own ({name}): the file holds its weights, but not what it computes.',
    action:
      'Build the same model with keras.Sequential or keras.Model(inputs, outputs), load the weights into it, save it and send that.',
  },
  MODEL_FILES_MISSING: {
    title: 'Files that belong to the model are missing: {files}.',
    action:
      'Send all files of the model together: model.json with all of its weight files, or the JSON with its .h5 file.',
  },
  MODEL_FILES_UNUSED: {
    title: 'There is more than one model, or files that belong to none: {files}.',
    action: 'Send the files of one model only.',
  },
  MODEL_ARCHIVE_DAMAGED: {
    title: '{file} is cut off or damaged.',
    action: 'Save the model again, or download the file again, and send it again.',
  },
  MODEL_ARCHIVE_INVALID: {
    title: 'The zip cannot be unpacked.',
    action:
      'Make the zip again, without a password, and send it again. You can also send the files without a zip.',
  },
  MODEL_JSON_INVALID: {
    title: 'A JSON file is damaged, or does not describe a model: {files}.',
    action: 'Save the model again and send the file unchanged; an editor may have changed it.',
  },
  MODEL_TOPOLOGY_MISSING: {
    title: 'The files hold weights only, and not the layers of the model.',
    action: 'Save the whole model with model.save("model.keras"); save_weights does not save the layers.',
  },
  MODEL_TOPOLOGY_INVALID: {
    title: 'The layers of the model do not fit together, so it cannot run.',
    action:
      'Check that the saved file loads and predicts on your own machine, save it again and send it unchanged.',
  },
  LAYER_UNSUPPORTED: {
    title: 'The model has a layer that cannot be scored: {layer}{named}.',
    action: 'Replace it by one of the standard Keras layers and train again.',
  },
  INPUT_SHAPE_MISMATCH: {
    title: 'The model takes input of the shape {found}, but the images of this round have {expected}.',
    action: 'Build the model for images of that shape (flat input is fine too) and train it again.',
  },
  INPUT_TYPE_MISMATCH: {
    title:
      'The model takes whole numbers from 0 to 255 as input, but the preprocessing “{preset}” gives others.',
    action: 'Choose the preprocessing “raw”, or export the model with float input.',
  },
  OUTPUT_SHAPE_MISMATCH: {
    title:
      'The model gives {found} as output, but this round needs one number for each of its {expected} classes.',
    action: 'Let the last layer have as many units as there are classes.',
  },
  WEIGHTS_MISMATCH: {
    title: 'The weights do not fit the layers of the model: {mismatch}.',
    action: 'Send files of the same save, complete and unchanged.',
  },
  WEIGHTS_TRUNCATED: {
    title: 'The weight files are too short: {found} bytes instead of {expected}.',
    action:
      'Copy or download the weight files again, completely, and send them with the model file of the same save.',
  },
  WEIGHTS_NOT_FINITE: {
    title: 'The weights contain NaN or infinity ({weight}).',
    action:
      'The training diverged: lower the learning rate, train again, and look whether the loss stays a number.',
  },
  MODEL_TOO_LARGE: {
    title: 'The model is too large to be scored here.',
    action: 'Use fewer or smaller layers.',
  },
  ONNX_INVALID: {
    title: 'The ONNX file cannot be read, or is not a model that takes one image.',
    action:
      'Look whether the file is complete and whether onnx.checker.check_model accepts it, then export the model again with the images as its only input.',
  },
  ONNX_OPSET_UNSUPPORTED: {
    title: 'The ONNX file uses opset {opset}; opsets {oldest} to {newest} can be scored.',
    action: 'Export it again with another opset, for example torch.onnx.export(…, opset_version=17).',
  },
  ONNX_EXTERNAL_DATA: {
    title: 'The ONNX file keeps its weights in another file, which was not sent: {file}',
    action:
      'Send the two files together, under the names that they were saved with. Or save everything in one file: torch.onnx.export(…, external_data=False).',
  },
  MODEL_TOO_SLOW: {
    title: 'The model took longer than the time that a run may take.',
    action: 'Make the model smaller: fewer filters, smaller kernels, or pooling earlier.',
  },
  OUT_OF_MEMORY: {
    title: 'The model needed more memory than a run may use.',
    action: 'Make the model smaller: fewer filters, or pooling earlier.',
  },
  OUTPUT_NOT_FINITE: {
    title: 'The outputs of the model contain NaN or infinity.',
    action: 'Check the declared preprocessing, and whether the model gives numbers on your own images.',
  },
  ENGINE_CRASHED: {
    title: 'The scoring program crashed on this model twice.',
    action: 'Look for unusual layers or sizes, save the model again, or ask your instructor.',
  },
  ENGINE_UNAVAILABLE: {
    title: 'The program that scores this round could not be started.',
    action: 'This is not your fault and costs you nothing. Tell your instructor.',
  },
  SCORING_INTERRUPTED: {
    title: 'The scoring was interrupted several times.',
    action: 'This is not your fault and costs you nothing. Submit the model again, or tell your instructor.',
  },
  SCORING_TIMED_OUT: {
    title: 'The scoring did not finish in time, although the model itself used little of it.',
    action: 'This is not your fault and costs you nothing. Submit the model again later.',
  },
  SUBMISSION_FINISHED: {
    title: 'This submission is finished already.',
    action: 'It can no longer be cancelled.',
  },
  BACKUP_RUNNING: {
    title: 'Another backup is being made.',
    action: 'Wait until it is done, then load the list again.',
  },
  ...enDatasets,
}
