import Foundation
public import Primitives

/// Where a catalogue's bytes come from. They can be read from the beginning as often as needed, part by part.
public enum CatalogSource: Sendable {
    case bytes([UInt8])
    /// A file on this machine, read as it is needed and never held whole.
    case file(path: String)

    /// The largest file of articles that is read: 1 GiB.
    public static let bytesMax = 1 << 30
    /// How much is held at a time.
    static let partBytes = 1 << 18

    /// The names in the first record, by which kinds of files are told apart; `nil` when the file is empty.
    ///
    /// - Parameter encoding: the one the sender says the file is in; `nil` to find out.
    /// - Throws: ``FormularyRefusal``, as ``CatalogFile`` for what the first record and a look at the whole tell.
    public func header(encoding: CatalogEncoding? = nil) throws(FormularyRefusal) -> [String]? {
        try CatalogReader(self, encoding: encoding).header
    }

    /// - Throws: ``FormularyRefusal`` when the file cannot be opened.
    func open() throws(FormularyRefusal) -> CatalogBytes {
        switch self {
        case .bytes(let bytes): return CatalogBytes(bytes)
        case .file(let path):
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw FormularyRefusal(.catalogUnreadable, "the file cannot be opened")
            }
            return CatalogBytes(handle)
        }
    }
}

/// The bytes of a ``CatalogSource``, handed out part by part.
final class CatalogBytes {
    private enum Origin {
        case bytes([UInt8])
        case handle(FileHandle)
    }

    private let origin: Origin
    private var position = 0

    init(_ bytes: [UInt8]) { origin = .bytes(bytes) }
    init(_ handle: FileHandle) { origin = .handle(handle) }

    /// The next bytes, never none; `nil` at the end.
    ///
    /// - Throws: ``FormularyRefusal`` when the file cannot be read on.
    func next() throws(FormularyRefusal) -> [UInt8]? {
        switch origin {
        case .bytes(let bytes):
            guard position < bytes.count else { return nil }
            let end = min(bytes.count, position + CatalogSource.partBytes)
            defer { position = end }
            return Array(bytes[position..<end])
        case .handle(let handle):
            do {
                let data = try handle.read(upToCount: CatalogSource.partBytes) ?? Data()
                return data.isEmpty ? nil : Array(data)
            } catch {
                throw FormularyRefusal(.catalogUnreadable, "the file cannot be read on")
            }
        }
    }
}
