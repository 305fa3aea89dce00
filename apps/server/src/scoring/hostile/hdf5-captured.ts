/**
 * HDF5 files that the library at hand cannot write, made with h5py 3.16 and packed with gzip: the sound Keras model of the corpus
 * whose kernel `/model_weights/d/d/kernel:0` lies elsewhere.
 */

/** In the file /proc/self/environ: `create_dataset(…, external=[('/proc/self/environ', 0, 7680)])`. */
export const externalStorage =
  'H4sIABO7BGsC/+1aTW/TMBi206+o6qZOIG3jY4siBjtMaxkcqp2G2EYPiFWMw6QJdVnrrtHSpCTpBpoqOJYbP4Ejx/0EjvsJ' +
  'HDly58JtOLGdxmbZJgZoaH5UyfVr57VjP8+b6HXeV5dXR/I38iCAqoI0KII4jimKs3ydtW/REtJyQMtPCrNnwrYJai9S/1qK' +
  'v/DF85WVoHIsIJoIdaACiauI6sqjWlBu8HQARwrfr+M0kVXfR+ZO2/divFz6zXHHKF9FXhdAldJ3FFzHrNxFruHV95DrmY6N' +
  '7ZMQhlcWozmonE4yMTLD0N8S/a+G/raNxi6ym2f6ycf8KNy8RkI/ZD0ajt0yd8A55vU95i8V2lMn6vdrltf/Wfpt35T6lfr9' +
  'Vb+DLN+vRcum8Fy5qH6racrDLNMv01sBc3ICWMYb5NZto4O80H4NkrEhhJG24mWryeZ3sj4Ob5H6RsL9Mx0Mcvx82f3W/tG+' +
  'PHm89hQCGhDE+ISxML8w/zB233la+sj2HLdlOfvDWBHFD4wDvWEZnheuqL6o6evoVQ/ZvmlY+pymk3iE7Qc669AJ7OEueLi6' +
  'KV6/ahk+HjPh4lZg3zb8Rrtu2t2eX/faRjdo2bR7ljWnVcLfg5f9/pwmel7Gd4IS/DYDe882/WBO98u4YjR8c8/wcZAP2j2n' +
  '5XeM13q/j11z63o4KjUvISEhISEhISEhISEhcXmw/mxtGYZZRwItzecBxLyJxMkg+U+QfH4hIXUGlOh0Tb3N66xM67Vp2k7t' +
  'SzlBj5NUj7mruY5RPldYhwKo0HUaCfO55ARomNAV87kikvK4R3Q/upzOk885fuj8/klcLYh5fqb37jTfTzzfqP4hXYhxpEBP' +
  'Ek7TRR4kn3M0S7vItZG1WG6Wtk3DWyyzeUNOL2z8LY3U3+nn08uHGakXqZehXih9wEed78dYyOqMi0w/lQu+91Y0Xo8ijyVA' +
  'wnMzS9YMsjr5UAgqxPCZ9mPnhmI9hSNI0HNMmwZpyoBxFYy/pe0ZvENBu6IQhznsH9Lhgv2rJcWPKWYnESoFo8gzJTDwr/BZ' +
  'E+J7d4bvV+q6TqPkIatVQvae6YYfjcTeE1lc/XL39PGi98Q7kos8LzMCL8mKsudc/oI8HPLq2z3SY1aYweC/XLef5Bt1lRAo' +
  'AAA='

/** In another HDF5 file: `VirtualSource('/tmp/other.h5', 'x', shape=(192, 10))`. */
export const virtualDataset =
  'H4sIABO7BGsC/+1aTU8TQRie2bZ0bQoBMQH8CJuNHxwIrahJwwkjYA9GGtGEhJiytFu66XZbu1tASaPH+g88euTo3YMeOfoT' +
  '/A9evOHszjvtzsgCipqYzpM2w/vO7DuzM8/z7jLTt/mlleHU5RTyoaoojkZRGEeAL7d4m9VvQomh7EJ5oDB/IqibBP8oxNdi' +
  '/IVPnywv+8aRgN5AIICKJAYR+eX7Bb9c5+mADhW+Xb1RNu3irmltVz03xMvF3+x3DPgq8jqN8kDfEXSJsLJmtgy3uGO2XKvh' +
  'EP8UxsGVo70xqJxOEiEy4yDeIvytBvG2jFLNdMqnxkmF4ijcuIaDOHQ+Sg2nYm2jM4zrWyheLPDHjtXv1yFe/6fpt3pF6lfq' +
  '92f9dof4dhUoy8Jz5bz6zceBh0NMv0xvacLJSWQbL81W0THqphv4xzHtG2Pc01a4rJTZ+I7Xx4er1F6PuH+mg26SHy+738I/' +
  'WpeHD1YfYQQJQcxPBPNz83N3Q/edgtIzHbfRqtiN3X6u6OUPgn29ZBuuG8yovqDpa+aLtul4lmHrs5pO8xHx7+usQd33B6vg' +
  'EnNDvH7FNjzSZ8TFFd+/ZXilatFymm2v6FaNpl+z4bRte1bLBZ87zzudWU2MvETuxIyIW/b9bcfy/DHdzhLDKHnWjuGRJO/X' +
  'u42KVzf29E6HhA7uG2iGnokLmvHqzUzDq5qtueo9tAfJtQ8lZE8Kto9P5HvBT+Bjr/JhXY3I3CIhISEhISEhISEhISFxOtYe' +
  'ry7hYNeRQovz/7aK+yYSx4Puf6Lo8wsJqTOk9E7X1Gu8zrJgF6ahHvyLSUGPU6DH5GDOY28/V5iHNMrBPA0H+7n0BKi/oSvu' +
  '54qI2sc9hPVocjqPPuf4rvPrJzFYEPf5md6b03w78Xwj/4d0IeaRNJwknKSLFIo+5yhnambLMe2FbDmzZRnuQpaNG3N6Yf1v' +
  'atR+o59NL4UbUi9SL329AH3Qe51vx1jIbMZFpp/cOd97cxqvR5HHEijiuZmkc4aZPUNLhTo+Qzt2bijaMZJB/JZj2jScnWlo' +
  'QkUTr6E+QfKKX6/EFBwP9RsnK4dR/7xNhfwTj7ElpTUXQ79vGP8Yr/WZ9nff81hefHfz5Pa997zrkks8rxICr+iMsudU6pd5' +
  'RPmiKJSYKsSL4QP4ZduMMILufzlvPwAAdu2x0CcAAA=='

/** In itself: `VirtualSource('.', 'model_weights/d/d/kernel:0', shape=(192, 10))`. */
export const virtualOfItself =
  'H4sIABO7BGsC/+1azU8TQRSf2bZ0bQoBMQH8CJuNHxwIVPTQcMII2IORRjyQEFO27ZZu2G5rdwsa0uix/gcePeJNr3rQI0f/' +
  'BP8HL95wdufNdmdgAUVNDPODZnhvZt98vd+b5U1fFxaXBzOXM8iHqqIkGkZRHAC+3uJlVr8BJYayB+WewvSpoG4c9MNgX0vw' +
  'Dz55vLTkCwcCwoGAARVJnEcUlu4V/XKNdwe0r/DtGs2qaZd2TGuz7rkRv1z4zX5HwF9Fv86iArjvELpEvHLLbBtuadtsu1bT' +
  'IfoJjIMnh8MxqBxPUhFnxoG9BfhbDeyVjcqW6VRPtJOJ2FG4cQ0Gduh6VJpOzdpEpxjX94i9RKBPHMnfbwM8/0/ib/2K5K/k' +
  '72H+9gb4djUoq8K5clb+FpLghwOMv4xvWeKT48g2XpjtkmM0TDfQj2LaN8Y45Fa0rFXZ+I7mx/urVF6LmT/jQS/Nj5fNt/iP' +
  '9uXB/ZWHGEFAEOMTwdzM3MzdyLwzUHqm4zbbNbu5048VYfwg2NUrtuG6wYrq85q+aj7rmI5nGbY+rek0HhH9rs4aNHx9sAsu' +
  'EdfF55dtwyN9xjxc8/Vlw6vUS5bT6nglt260/Jp1p2Pb01o++L3ztNud1kTLi2QmZozdqq/vOJbnj+l2jghGxbO2DY8Eeb/e' +
  'bda8hvFc73aJ6WDe4GaoLG7oDH80zVbJDzk0HNOez0Gk7UOJyOOC7OMz+Vwgn3cfPwgBNT8kY42EhISEhISEhISEhITEYaw+' +
  'WlnEQdaRQkvy/7aKeROJo0Hznyj+/kJC8gwp4e2aeo3nWQ7k4iTUg34hLfBxAviYPp/rGOZzhXXIojys02CQz6Vptn5CV8zn' +
  'iojL4+7DfrQ4nsffc/zQ+f2TOF8Q8/yM761Jvp14v1H4Q7wQ40gWbhKO40UGxd9z9JPU1dmyZbjzOTZuzPGF9b+hUfmVfjq+' +
  'FG9Ivki+9PkC7oPe6ny78KoEwHyR8Sd/xvfevMbzUfRjCRRzbqbpmmEmT9FSoYov0I7dG4pygkQQv+WINgl3ZxoaU9HYS6hP' +
  'kbji1ysJBScj/SbJzmHUv29TIf4kE2xLac3FyPcbRj8lt/qe9nff81hcfHPz+Pbhe9516Uu8X6UEv6Irys6pzC/7EfUXRaGO' +
  'qYK9BN6Db7ZNCSPo/Zfr9hPp7YBV0CcAAA=='
