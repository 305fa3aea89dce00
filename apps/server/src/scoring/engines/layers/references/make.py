"""Writes keras.jsonl: what Keras computes for one layer each, on inputs and weights that the test makes by the same formula.

python -m venv venv && venv/bin/pip install keras==3.15.1 jax==0.10.2 && venv/bin/python make.py
"""

import json
import math
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L  # noqa: E402

DROPPED = ("_initializer", "_regularizer", "_constraint", "build_config")
UNREAD = {"dtype", "name", "trainable", "seed", "dropout", "module", "registered_name"}


def values(shape, seed, positive=False):
    count = math.prod(shape)
    flat = [math.sin(0.7 * index + 1.3 * seed + 0.3) for index in range(count)]
    return np.array([abs(one) + 0.5 if positive else one for one in flat], dtype="float32").reshape(shape)


def plain(value):
    if isinstance(value, dict):
        read = {key: one for key, one in value.items() if key not in UNREAD and not key.endswith(DROPPED)}
        return {key: plain(one) for key, one in read.items() if one is not None}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    # The dialect mapping tells Keras 3's function from the one that Keras 2 gave this name.
    return "hard_sigmoid_relu6" if value == "hard_sigmoid" else value


def case(layer, *shapes):
    inputs = [values((2, *shape), seed) * 3 for seed, shape in enumerate(shapes)]
    symbolic = [keras.Input(shape) for shape in shapes]
    call = (lambda given: layer(given[0])) if len(shapes) == 1 else (lambda given: layer(given))
    if isinstance(layer, L.MultiHeadAttention):
        call = lambda given: layer(*given)  # noqa: E731
    model = keras.Model(symbolic, call(symbolic))
    weights = [
        values(weight.shape, 10 + index, positive="variance" in weight.path)
        for index, weight in enumerate(layer.weights)
    ]
    layer.set_weights(weights)
    if hasattr(layer, "finalize_state"):
        layer.finalize_state()
    output = np.asarray(model(inputs, training=False))
    return {
        "className": type(layer).__name__,
        "config": plain(layer.get_config()),
        "inputs": [list(shape) for shape in shapes],
        "weights": [list(weight.shape) for weight in layer.weights],
        "positive": [index for index, weight in enumerate(layer.weights) if "variance" in weight.path],
        "shape": list(output.shape[1:]),
        "output": [float(f"{one:.8g}") for one in output.flatten().tolist()],
    }


ACTIVATIONS = (
    "linear relu relu6 leaky_relu elu selu celu sigmoid hard_sigmoid log_sigmoid sparse_sigmoid softmax log_softmax "
    "softplus softsign tanh hard_tanh tanh_shrink silu hard_silu mish gelu exponential squareplus sparse_plus "
    "soft_shrink hard_shrink"
).split()

CASES = [
    *[(L.Activation(name), (9,)) for name in ACTIVATIONS],
    (L.Dense(3), (4,)),
    (L.Dense(3, activation="gelu", use_bias=False), (2, 4)),
    (L.Dense(3, activation=L.LeakyReLU(negative_slope=0.1)), (4,)),
    (L.ReLU(), (9,)),
    (L.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.5), (9,)),
    (L.LeakyReLU(negative_slope=0.2), (9,)),
    (L.ELU(alpha=0.7), (9,)),
    (L.PReLU(shared_axes=[1, 2]), (3, 3, 2)),
    (L.Softmax(), (2, 3)),
    (L.Softmax(axis=1), (2, 3)),
    (L.Conv1D(3, 3, padding="causal", dilation_rate=2), (6, 2)),
    (L.Conv1D(4, 3, groups=2, padding="causal"), (6, 2)),
    (L.Conv1D(4, 2, groups=2, strides=2), (6, 2)),
    (L.Conv2D(3, (3, 2), strides=2, padding="same", activation="relu"), (5, 6, 2)),
    (L.Conv2D(2, 2, dilation_rate=2), (5, 5, 2)),
    (L.Conv2D(6, 3, groups=3, padding="same", activation="relu6"), (4, 4, 6)),
    (L.Conv3D(2, 2), (3, 3, 3, 2)),
    (L.Conv3D(4, 2, groups=2), (3, 3, 3, 2)),
    (L.Conv1DTranspose(3, 3, strides=2, padding="same"), (4, 2)),
    (L.Conv1DTranspose(3, 3, strides=2), (4, 2)),
    (L.Conv2DTranspose(2, 3, strides=2, padding="same", activation="tanh"), (3, 3, 2)),
    (L.Conv2DTranspose(2, 3, strides=2), (3, 3, 2)),
    (L.Conv3DTranspose(2, 2, strides=2), (2, 2, 2, 2)),
    (L.Conv3DTranspose(1, 3, strides=2, padding="same"), (2, 2, 3, 2)),
    (L.Conv2DTranspose(2, 2, strides=3), (3, 3, 2)),
    (L.Conv1DTranspose(2, 2, strides=3, padding="same"), (3, 2)),
    (L.DepthwiseConv1D(3, depth_multiplier=2, padding="same"), (5, 2)),
    (L.DepthwiseConv2D(3, strides=2, padding="same"), (5, 5, 3)),
    (L.DepthwiseConv2D(2, depth_multiplier=2, activation="swish"), (4, 4, 2)),
    (L.DepthwiseConv2D(2, dilation_rate=2), (5, 5, 2)),
    (L.SeparableConv1D(3, 3, strides=2, padding="same"), (6, 2)),
    (L.SeparableConv2D(3, 2, dilation_rate=2), (5, 5, 2)),
    (L.SeparableConv2D(3, 3, depth_multiplier=2, padding="same", activation="relu"), (4, 4, 2)),
    (L.MaxPooling1D(2), (5, 2)),
    (L.MaxPooling2D(3, strides=2, padding="same"), (5, 5, 2)),
    (L.MaxPooling3D(2), (4, 4, 4, 1)),
    (L.AveragePooling1D(3, strides=2, padding="same"), (6, 2)),
    (L.AveragePooling2D(3, strides=2, padding="same"), (5, 5, 2)),
    (L.AveragePooling3D(2), (4, 4, 4, 1)),
    (L.GlobalMaxPooling1D(), (4, 2)),
    (L.GlobalMaxPooling2D(keepdims=True), (3, 3, 2)),
    (L.GlobalMaxPooling3D(), (2, 2, 2, 3)),
    (L.GlobalAveragePooling1D(keepdims=True), (4, 2)),
    (L.GlobalAveragePooling2D(), (3, 3, 2)),
    (L.GlobalAveragePooling3D(keepdims=True), (2, 2, 2, 3)),
    (L.BatchNormalization(), (3, 3, 2)),
    (L.BatchNormalization(center=False, epsilon=0.01), (4,)),
    (L.BatchNormalization(scale=False), (3, 3, 2)),
    (L.BatchNormalization(), (2, 2, 2, 3)),
    (L.LayerNormalization(), (2, 5)),
    (L.LayerNormalization(axis=[2, 4]), (2, 2, 2, 3)),
    (L.LayerNormalization(axis=[1, 2], epsilon=1e-6), (3, 4)),
    (L.LayerNormalization(scale=False), (2, 2, 4)),
    (L.GroupNormalization(groups=2), (3, 3, 4)),
    (L.GroupNormalization(groups=-1, center=False), (4, 3)),
    (L.RMSNormalization(), (2, 5)),
    (L.UnitNormalization(), (2, 5)),
    (L.Rescaling(1 / 255, offset=-0.5), (2, 2, 3)),
    (L.Rescaling([0.1, 0.2, 0.3], offset=[1, 2, 3]), (2, 2, 3)),
    (L.Normalization(), (2, 2, 3)),
    (L.Normalization(axis=None), (2, 3)),
    (L.Normalization(axis=(1, 3)), (2, 2, 3)),
    (L.Normalization(mean=[0.1, 0.2, 0.3], variance=[1, 2, 3]), (2, 2, 3)),
    (L.Normalization(axis=None, mean=0.5, variance=4.0, invert=True), (2, 3)),
    (L.Resizing(5, 7), (3, 4, 2)),
    (L.Resizing(2, 3, interpolation="nearest"), (5, 5, 2)),
    (L.Resizing(4, 4), (9, 9, 1)),
    (L.CenterCrop(2, 3), (5, 6, 2)),
    (L.CenterCrop(4, 4), (5, 5, 1)),
    (L.UpSampling1D(2), (3, 2)),
    (L.UpSampling2D((2, 3)), (2, 2, 2)),
    (L.UpSampling2D(2, interpolation="bilinear"), (3, 3, 2)),
    (L.UpSampling3D(2), (2, 2, 2, 1)),
    (L.ZeroPadding1D((1, 2)), (3, 2)),
    (L.ZeroPadding2D(((1, 0), (2, 1))), (2, 2, 2)),
    (L.ZeroPadding3D(1), (1, 2, 2, 1)),
    (L.Cropping1D(1), (4, 2)),
    (L.Cropping2D(((1, 0), (0, 2))), (3, 4, 2)),
    (L.Cropping3D(1), (3, 3, 4, 1)),
    (L.Flatten(), (2, 3)),
    (L.Reshape((3, -1)), (2, 6)),
    (L.Permute((2, 1)), (2, 3)),
    (L.RepeatVector(2), (3,)),
    (L.Add(), (2, 3), (2, 3)),
    (L.Subtract(), (2, 3), (2, 3)),
    (L.Multiply(), (2, 2, 3), (1, 1, 3)),
    (L.Multiply(), (2, 2, 3), (3,)),
    (L.Average(), (3,), (3,), (3,)),
    (L.Maximum(), (3,), (3,)),
    (L.Minimum(), (3,), (3,)),
    (L.Concatenate(axis=1), (2, 3), (1, 3)),
    (L.Dot(axes=1), (3,), (3,)),
    (L.Dot(axes=(2, 2), normalize=True), (2, 3), (4, 3)),
    (L.MultiHeadAttention(2, 3), (4, 5), (4, 5)),
    (L.MultiHeadAttention(2, 3, output_shape=4, use_bias=False), (3, 5), (4, 2), (4, 3)),
    (L.MultiHeadAttention(2, 2), (2, 2, 3), (2, 2, 3)),
    (L.Attention(), (2, 3), (4, 3)),
    (L.Attention(use_scale=True, score_mode="concat"), (2, 3), (4, 2), (4, 3)),
    (L.AdditiveAttention(), (2, 3), (4, 3)),
    (L.SimpleRNN(3), (4, 2)),
    (L.LSTM(3, return_sequences=True), (4, 2)),
    (L.LSTM(3, go_backwards=True, recurrent_activation="hard_sigmoid"), (4, 2)),
    (L.GRU(3, reset_after=False), (4, 2)),
    (L.GRU(3), (4, 2)),
    (L.GRU(3, return_sequences=True, go_backwards=True, use_bias=False, activation="relu"), (4, 2)),
    (L.RNN(L.LSTMCell(3)), (4, 2)),
    (L.RNN(L.GRUCell(3), return_sequences=True), (4, 2)),
    (L.RNN([L.LSTMCell(3), L.GRUCell(2)]), (4, 2)),
    (L.RNN([L.SimpleRNNCell(2), L.LSTMCell(3)], return_sequences=True, go_backwards=True), (4, 2)),
    (L.ConvLSTM2D(2, 2, padding="same"), (3, 3, 3, 2)),
    (L.ConvLSTM2D(2, 2, return_sequences=True), (2, 3, 3, 1)),
    (L.Bidirectional(L.LSTM(2)), (3, 2)),
    (L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode="sum"), (3, 2)),
    (L.TimeDistributed(L.Dense(2, activation="relu")), (3, 4)),
    (L.TimeDistributed(L.GroupNormalization(groups=2)), (2, 2, 2, 4)),
    (L.Dropout(0.5), (3,)),
    (L.SpatialDropout2D(0.5), (2, 2, 2)),
    (L.SpatialDropout3D(0.5), (1, 2, 2, 2)),
    (L.GaussianNoise(1.0), (3,)),
    (L.GaussianDropout(0.5), (3,)),
    (L.AlphaDropout(0.5), (3,)),
    (L.ActivityRegularization(l1=0.1), (3,)),
    (L.Identity(), (3,)),
    *[
        (layer, (4, 4, 3))
        for layer in (
            L.RandomFlip(),
            L.RandomRotation(0.2),
            L.RandomZoom(0.2),
            L.RandomTranslation(0.1, 0.1),
            L.RandomContrast(0.2),
            L.RandomBrightness(0.2),
            L.RandomCrop(4, 4),
            L.RandomShear(0.1, 0.1),
            L.RandomHue(0.1),
            L.RandomSaturation(0.1),
            L.RandomSharpness(0.1),
            L.RandomColorJitter(0.1),
            L.RandomGrayscale(0.5),
            L.RandomInvert(0.5),
            L.RandomPosterization(4),
            L.RandomErasing(),
            L.RandomGaussianBlur(),
            L.RandomPerspective(),
            L.RandomElasticTransform(),
            L.RandomColorDegeneration(0.1),
            L.RandAugment(),
            L.AugMix(),
            L.MixUp(),
            L.CutMix(),
        )
    ],
]

if __name__ == "__main__":
    found = [case(layer, *shapes) for layer, *shapes in CASES]
    lines = "".join(f"{json.dumps(one)}\n" for one in found)
    Path(__file__).with_name("keras.jsonl").write_text(lines)
    print(len(found), "cases")
