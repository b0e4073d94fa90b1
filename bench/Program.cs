using Plenaria.Bench;

return args switch
{
    ["bare", var file] => Bare.Serve(file),
    ["measure", var program, var tree, .. var names] => await Measuring.Run(program, tree, names),
    _ => 2,
};
