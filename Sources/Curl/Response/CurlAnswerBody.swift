/// The body of an answer as it comes. It can be read once, by one task.
public struct CurlAnswerBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    let stream: AnswerStream
    let resume: @Sendable () -> Void

    /// How long everything took; nil before the end.
    public var timings: CurlTimings? { stream.timings }

    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    public struct Iterator: AsyncIteratorProtocol {
        let body: CurlAnswerBody

        /// The next bytes, nil at the end. The server waits while they are not taken.
        public mutating func next() async throws(CurlError) -> [UInt8]? {
            let piece = try await body.stream.next()
            if piece.hasStopped { body.resume() }
            return piece.bytes
        }
    }
}
