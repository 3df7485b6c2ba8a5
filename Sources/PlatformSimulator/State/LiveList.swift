/// Numbers in rising order, of which those that are done with fall out without being looked for.
struct LiveList {
    private(set) var items: [Int] = []
    private var ended = 0

    mutating func append(_ item: Int) { items.append(item) }

    /// Says that one of the items is done with. When half are, they are taken out.
    mutating func end(isLive: (Int) -> Bool) {
        ended += 1
        guard ended > 64, ended * 2 > items.count else { return }
        items.removeAll { !isLive($0) }
        ended = 0
    }
}

extension RandomAccessCollection {
    /// The first index from which on everything is `wanted`, in a collection where what is not comes first.
    func start(where wanted: (Element) -> Bool) -> Index {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
            if wanted(self[middle]) { high = middle } else { low = index(after: middle) }
        }
        return low
    }
}
