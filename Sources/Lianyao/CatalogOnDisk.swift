import Formulary
import Foundation
import Primitives

/// A catalogue file that was read and whose kind is known.
struct CatalogOnDisk: Sendable {
    /// As the person named it.
    let path: String
    let kind: CatalogKind
    let bytes: [UInt8]

    /// - Throws: ``CommandFailure``: a file that cannot be read, is no CSV or no catalogue.
    init(path: String) throws(CommandFailure) {
        guard let data = FileManager.default.contents(atPath: path) else {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw CommandFailure(isThere ? "The file \(path) cannot be read." : "There is no file \(path).")
        }
        self.path = path
        bytes = Array(data)
        do throws(FormularyRefusal) {
            kind = try CatalogKind(header: CatalogFile(bytes).header)
        } catch {
            throw CommandFailure("\(path): \(error.refusalCode.meaning.english): \(error.detail).")
        }
    }

    /// Reads the files and puts those first that others refer to.
    static func inOrderOfImport(_ paths: [String]) throws(CommandFailure) -> [CatalogOnDisk] {
        var catalogs: [CatalogOnDisk] = []
        for path in paths { catalogs.append(try CatalogOnDisk(path: path)) }
        return CatalogKind.allCases.flatMap { kind in catalogs.filter { $0.kind == kind } }
    }
}
