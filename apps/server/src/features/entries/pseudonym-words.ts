/** Short English words that are read alike on Japanese and English pages: a name is told to others across languages. */
export const colours =
  'Amber Azure Beige Black Blue Bronze Brown Copper Coral Cream Crimson Cyan Gold Gray Green Indigo Ivory Jade Lilac Lime Mint Navy Ochre Olive Orange Pearl Pink Ruby Silver Teal Violet White'.split(
    ' ',
  )

export const birds =
  'Albatross Bulbul Bunting Cormorant Crane Crow Cuckoo Dove Duck Eagle Egret Falcon Finch Goose Grebe Gull Hawk Heron Ibis Jay Kestrel Kite Lark Magpie Osprey Owl Pheasant Plover Robin Sparrow Swallow Swan'.split(
    ' ',
  )
