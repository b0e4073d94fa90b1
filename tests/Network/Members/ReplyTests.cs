using Plenaria.Platform.Mail;

namespace Plenaria.Tests.Network.Members;

public class ReplyTests
{
    [Theory]
    [InlineData("Merci beaucoup.\n\nLe mar. 3 mars 2026 à 10:12, Secrétariat <s@example.org> a écrit :\n> Bonjour", "Merci beaucoup.")]
    [InlineData("Sí, en tenim dos.\n\nEl dt., 3 de març 2026, Secretaria\n<s@example.org> va escriure:\n\n> Teniu consells de barri?", "Sí, en tenim dos.")]
    [InlineData("Yes.\n\nOn Tue, 3 Mar 2026 at 10:12, The Secretariat <s@example.org> wrote:\n> Do you?\n", "Yes.")]
    [InlineData("Temos.\n\n-----Mensagem original-----\nDe: a@example.org", "Temos.")]
    [InlineData("Lo enviamos mañana.\n\nDe: Secretaría <s@example.org>\nEnviado: martes", "Lo enviamos mañana.")]
    [InlineData("On this we agree:\nall of it.", "On this we agree:\nall of it.")]
    [InlineData("> quoted alone", "")]
    [InlineData("From: The house <house@example.org>\nTo: me@example.org\n\nDo you?\n\nBelow it.", "")]
    [InlineData("Above.\n-- \nRole, city", "Above.")]
    public void Of_an_answer_what_its_sender_wrote_is_kept(string mail, string written) => Assert.Equal(written, Replies.Written(mail));

    [Fact]
    public void An_address_carries_a_token_there_and_back()
    {
        var token = ReplyAddress.NewToken();
        Assert.Equal(token, ReplyAddress.Token("Network <post@example.org>", ReplyAddress.For("Network <post@example.org>", token).ToUpperInvariant()));
        Assert.Null(ReplyAddress.Token("post@example.org", "post@example.org"));
        Assert.Null(ReplyAddress.Token("post@example.org", $"other+{token}@example.org"));
        Assert.Null(ReplyAddress.Token("post@example.org", $"post+{token}@example.net"));
        Assert.NotEqual(token, ReplyAddress.NewToken());
    }
}
