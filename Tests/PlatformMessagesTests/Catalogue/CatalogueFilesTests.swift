import Foundation
import PlatformMessages
import TestSupport
import Testing

@Suite("The catalogues of platforms that are shipped")
struct CatalogueFilesTests {
    @Test("are without defects", arguments: Platforms.all + Platforms.stock)
    func withoutDefects(code: String) throws {
        let catalogue = try Platforms.catalogue(code)
        #expect(catalogue.description.code == code)
        #expect(!catalogue.description.specSource.isEmpty && !catalogue.description.confidence.isEmpty)
    }

    @Test("whichever there are, are without defects")
    func all() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(repositoryRoot)/Catalogs/platforms")
        let codes = files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
        #expect(Set(codes).isSuperset(of: Platforms.all + Platforms.stock + Platforms.undescribed))
        for code in codes { #expect(try Platforms.catalogue(code).description.code == code) }
    }
}
