package knowledge

// keyed holds a value for each of some hashes, in one list: open addressing with linear
// probing (Knuth, The Art of Computer Programming 3, 6.4). What is looked up in it a
// hundred times for a question lies side by side, and takes 8 bytes for a slot of which
// at most three quarters are used. The zero value is empty.
type keyed[V int32 | float32] struct {
	slots []slot[V] // a power of two
	count int
}

// slot is empty where its key is 0.
type slot[V int32 | float32] struct {
	key   uint32
	value V
}

// stand is the slot of a key: the one that holds it, or the first empty one.
func (k *keyed[V]) stand(key uint32) *slot[V] {
	mask := uint32(len(k.slots) - 1)
	at := (key ^ key>>15) * 2654435769 // the lowest bits of a gram are its kind
	for at = (at ^ at>>16) & mask; ; at = (at + 1) & mask {
		if s := &k.slots[at]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// get returns the value of a key, if there is one.
func (k *keyed[V]) get(key uint32) (V, bool) {
	key = max(key, 1)
	if len(k.slots) == 0 {
		return 0, false
	}
	s := k.stand(key)
	return s.value, s.key == key
}

// at is where the value of a key is kept, and whether it was there before. The place
// holds until the next call.
func (k *keyed[V]) at(key uint32) (value *V, known bool) {
	key = max(key, 1)
	if 4*k.count >= 3*len(k.slots) {
		k.grow()
	}
	s := k.stand(key)
	if s.key == key {
		return &s.value, true
	}
	s.key = key
	k.count++
	return &s.value, false
}

func (k *keyed[V]) grow() {
	old := k.slots
	k.slots = make([]slot[V], max(2*len(old), 64))
	for _, s := range old {
		if s.key != 0 {
			*k.stand(s.key) = s
		}
	}
}

// each calls do for every key, in no order that means anything, the same for the same keys.
func (k *keyed[V]) each(do func(key uint32, value *V)) {
	for i := range k.slots {
		if s := &k.slots[i]; s.key != 0 {
			do(s.key, &s.value)
		}
	}
}
