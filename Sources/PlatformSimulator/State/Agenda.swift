import Primitives

/// What will happen by itself, in the order of its time; at the same time, as it was entered.
struct Agenda {
    enum Event {
        /// A supplier answers its lines of an order.
        case answer(order: Int, supplier: String)
        /// A supplier delivers what is open of an order.
        case ship(order: Int, supplier: String)
        case invoice(note: Int)
        case answerReturn(Int)
        /// The time for an order's delivery is over.
        case close(order: Int)
    }

    private struct Entry {
        let due: Instant
        let number: Int
        let event: Event

        func precedes(_ other: Entry) -> Bool { (due.microseconds, number) < (other.due.microseconds, other.number) }
    }

    /// A binary heap.
    private var entries: [Entry] = []
    private var entered = 0

    mutating func enter(_ event: Event, at due: Instant) {
        entries.append(Entry(due: due, number: entered, event: event))
        entered += 1
        var child = entries.count - 1
        while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The first of what is due at `now`; nil when nothing is.
    mutating func next(at now: Instant) -> (event: Event, due: Instant)? {
        guard let first = entries.first, first.due <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child].precedes(entries[least]) {
                least = child
            }
            if least == parent { break }
            entries.swapAt(parent, least)
            parent = least
        }
        return (first.event, first.due)
    }
}
