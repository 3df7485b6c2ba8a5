/// Pieces of any size as pieces of one size, with an end to how much may come.
struct PieceSource<Pieces: Sequence<[UInt8]>> {
    /// Small enough that a refusal comes soon, large enough that calls do not matter.
    static var pieceBytes: Int { 16 << 10 }

    private var pieces: Pieces.Iterator
    private var rest: ArraySlice<UInt8> = []
    private var bytesTaken = 0
    private let bytesMax: Int
    private(set) var piecesGiven = 0

    init(_ pieces: Pieces, bytesMax: Int) {
        self.pieces = pieces.makeIterator()
        self.bytesMax = bytesMax
    }

    /// The next bytes: ``pieceBytes`` of them but for the last; nil after the last.
    mutating func next(at place: XMLRefusal.Place = .init()) throws(XMLRefusal) -> [UInt8]? {
        var piece: [UInt8] = []
        while piece.count < Self.pieceBytes {
            if rest.isEmpty {
                guard let more = pieces.next() else { break }
                bytesTaken += more.count
                guard bytesTaken <= bytesMax else { throw XMLRefusal(.tooManyBytes(max: bytesMax), at: place) }
                rest = more[...]
            }
            let taken = rest.prefix(Self.pieceBytes - piece.count)
            piece += taken
            rest = rest.dropFirst(taken.count)
        }
        guard !piece.isEmpty else { return nil }
        piecesGiven += 1
        return piece
    }
}
