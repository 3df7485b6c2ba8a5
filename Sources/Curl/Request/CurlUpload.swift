/// A body that comes piece by piece. One piece at a time is held.
public struct CurlUpload: Sendable {
    let length: Int?
    let give: @Sendable (@Sendable ([UInt8]) async -> Bool) async throws -> Void

    /// - Parameters:
    ///   - pieces: asked for the next one when the last has been sent.
    ///   - length: bytes in all; the request fails when it is something else. Nil sends them in chunks.
    public init<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces, length: Int? = nil) where Pieces.Element == [UInt8] {
        self.length = length
        give = { take in
            for try await piece in pieces {
                guard await take(piece) else { return }
            }
        }
    }
}
